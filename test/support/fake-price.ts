import type { BillingInterval } from '../../libs/billing/src/providers/payment-provider.js';

/** One thing on sale at the fake. */
export interface FakePrice {
  readonly plan: string;
  /** Integer minor units of USD per seat and interval. */
  readonly amount: number;
  readonly interval: BillingInterval;
}
