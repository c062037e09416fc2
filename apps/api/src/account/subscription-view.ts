import { z } from 'zod';
import type { Pause, PendingChangeView, Subscription } from '@tollgate/billing';
import { pendingChangeView, viewOfPendingChange } from './change-views.js';

const instant = z.iso.datetime().nullable();

/** A subscription as answered: instants as ISO strings, the amount in minor units as a decimal string. */
export const subscriptionView = z.object({
  plan: z.string(),
  status: z.string(),
  provider: z.string(),
  providerCustomerId: z.string().nullable(),
  providerSubscriptionId: z.string().nullable(),
  currentPeriodStart: instant,
  currentPeriodEnd: instant,
  trialEnd: instant,
  cancelAt: instant,
  pastDueSince: instant,
  graceUntil: instant,
  seats: z.number().int().nullable(),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  interval: z.enum(['month', 'year']).nullable(),
  trialUsedAt: instant,
  pendingChange: pendingChangeView.nullable(),
  /** A pause, begun or to begin; `beginsAt` is null where the provider does not tell, `endsAt` until it is resumed. */
  pause: z.object({ beginsAt: instant, endsAt: instant }).nullable(),
});

/** See {@link subscriptionView}. */
export type SubscriptionView = z.infer<typeof subscriptionView>;

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Shows a subscription; ids of our own rows stay inside. */
export function viewOfSubscription(
  { id: _id, ownerId: _ownerId, ...shown }: Subscription,
  pending: PendingChangeView | null,
  pause: Pause | null,
): SubscriptionView {
  return {
    ...shown,
    currentPeriodStart: iso(shown.currentPeriodStart),
    currentPeriodEnd: iso(shown.currentPeriodEnd),
    trialEnd: iso(shown.trialEnd),
    cancelAt: iso(shown.cancelAt),
    pastDueSince: iso(shown.pastDueSince),
    graceUntil: iso(shown.graceUntil),
    amount: shown.amount?.toString() ?? null,
    trialUsedAt: iso(shown.trialUsedAt),
    pendingChange: viewOfPendingChange(pending),
    pause: pause && { beginsAt: iso(pause.beginsAt), endsAt: iso(pause.endsAt) },
  };
}
