import { z } from 'zod';
import type {
  AcceptedChange,
  Money,
  PendingChangeView,
  PreviewedChange,
  ProviderCommand,
} from '@tollgate/billing';

const instant = z.iso.datetime().nullable();
const money = z.object({ amount: z.string(), currency: z.string() });

/** A change to come. */
export const pendingChangeView = z.object({
  plan: z.string().nullable(),
  interval: z.enum(['month', 'year']).nullable(),
  seats: z.number().int().nullable(),
  effectiveAt: instant,
  keptBy: z.enum(['provider', 'us']),
});

const wanted = {
  plan: z.string(),
  interval: z.enum(['month', 'year']),
  seats: z.number().int().nullable(),
  when: z.enum(['now', 'period_end']),
  effectiveAt: instant,
  dropsPending: pendingChangeView.nullable().meta({
    description: 'The pending change that gives way to this one; null when none was pending',
  }),
};

/** A wish to the provider, and what became of it. */
export const commandView = z.object({
  id: z.string(),
  verb: z.string(),
  state: z.enum(['pending', 'done', 'refused', 'superseded', 'stale']),
  outcome: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: instant,
});

/** What every wish about a subscription is answered with; without a command it was kept here, and is done. */
export const wishView = z.object({ command: commandView.nullable() });

/** A change that was taken on. Without a command it is kept here until its time. */
export const acceptedView = z.object({ ...wanted, command: commandView.nullable() });

/** What a change would cost: amounts in minor units as decimal strings. */
export const previewView = z.object({
  ...wanted,
  cost: z
    .object({ dueNow: money, credit: money, nextAmount: money, nextAt: instant, estimated: z.boolean() })
    .nullable(),
});

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
const shown = ({ amount, currency }: Money) => ({ amount: amount.toString(), currency });

/** See {@link commandView}. */
export function viewOfCommand(command: ProviderCommand): z.infer<typeof commandView> {
  const { id, call, state, outcome, createdAt, finishedAt } = command;
  return {
    id,
    verb: call.verb,
    state,
    outcome,
    createdAt: createdAt.toISOString(),
    finishedAt: iso(finishedAt),
  };
}

/** See {@link acceptedView}. */
export function viewOfAccepted({
  change,
  effectiveAt,
  dropsPending,
  command,
}: AcceptedChange): z.infer<typeof acceptedView> {
  const { plan, interval, seats, when } = change;
  return {
    plan,
    interval,
    seats,
    when,
    effectiveAt: iso(effectiveAt),
    dropsPending: viewOfPendingChange(dropsPending),
    command: command && viewOfCommand(command),
  };
}

/** See {@link previewView}. */
export function viewOfPreview({
  change,
  effectiveAt,
  dropsPending,
  cost,
}: PreviewedChange): z.infer<typeof previewView> {
  const { plan, interval, seats, when } = change;
  const costs = cost && {
    dueNow: shown(cost.dueNow),
    credit: shown(cost.credit),
    nextAmount: shown(cost.nextAmount),
    nextAt: iso(cost.nextAt),
    estimated: cost.estimated,
  };
  return {
    plan,
    interval,
    seats,
    when,
    effectiveAt: iso(effectiveAt),
    dropsPending: viewOfPendingChange(dropsPending),
    cost: costs,
  };
}

/** See {@link pendingChangeView}. */
export function viewOfPendingChange(
  pending: PendingChangeView | null,
): z.infer<typeof pendingChangeView> | null {
  return pending && { ...pending, effectiveAt: iso(pending.effectiveAt) };
}
