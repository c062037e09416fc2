/**
 * Name of a provider we can sell through, as stored in rows. Which names there are, only the registry knows: code asks
 * it for the provider, and the provider for its capabilities, and never compares a name.
 */
export type ProviderName = string;

/** Billing interval of a price. */
export type BillingInterval = 'month' | 'year';
