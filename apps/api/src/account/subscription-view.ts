import { z } from 'zod';

const instant = z
  .date()
  .nullable()
  .transform((date) => date?.toISOString() ?? null);

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
  amount: z
    .bigint()
    .nullable()
    .transform((amount) => amount?.toString() ?? null),
  currency: z.string().nullable(),
  interval: z.string().nullable(),
});
