import type { BillingInterval } from '../providers/payment-provider.js';

/** A change to come, as customers and staff see it. */
export interface PendingChangeView {
  /** Null when the provider's price stands for no plan of ours. */
  readonly plan: string | null;
  readonly interval: BillingInterval | null;
  /** Null on plans without seats. */
  readonly seats: number | null;
  readonly effectiveAt: Date | null;
  readonly keptBy: 'provider' | 'us';
}
