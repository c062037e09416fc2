import type { BillingInterval } from '../providers/payment-provider.js';

/** What a plan costs by our own list; of one seat where the plan is sold by the seat. */
export interface ListPrice {
  readonly plan: string;
  readonly interval: BillingInterval;
  /** Integer minor units. */
  readonly amount: bigint;
  /** ISO 4217, lower case. */
  readonly currency: string;
}

const usd = (plan: string, month: bigint, year: bigint): ListPrice[] => [
  { plan, interval: 'month', amount: month, currency: 'usd' },
  { plan, interval: 'year', amount: year, currency: 'usd' },
];

/** The prices that are shown while no provider has ever told us any, and that a push offers to a provider. */
export const LIST_PRICES: readonly ListPrice[] = [
  ...usd('pro', 9_900n, 99_900n),
  ...usd('team', 3_000n, 30_000n),
  ...usd('enterprise', 6_000n, 60_000n),
];
