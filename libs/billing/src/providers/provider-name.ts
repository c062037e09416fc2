/** Name of a provider we can sell through, as stored in rows. */
export type ProviderName = 'polar' | 'stripe';

/** Billing interval of a price. */
export type BillingInterval = 'month' | 'year';
