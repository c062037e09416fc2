import { z } from 'zod';
import type { Subscription } from '@tollgate/billing';

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
});

/** See {@link subscriptionView}. */
export type SubscriptionView = z.infer<typeof subscriptionView>;

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** Shows a subscription; ids of our own rows stay inside. */
export function viewOfSubscription({ id: _id, ownerId: _ownerId, ...shown }: Subscription): SubscriptionView {
  return {
    ...shown,
    currentPeriodStart: iso(shown.currentPeriodStart),
    currentPeriodEnd: iso(shown.currentPeriodEnd),
    trialEnd: iso(shown.trialEnd),
    cancelAt: iso(shown.cancelAt),
    pastDueSince: iso(shown.pastDueSince),
    graceUntil: iso(shown.graceUntil),
    amount: shown.amount?.toString() ?? null,
  };
}
