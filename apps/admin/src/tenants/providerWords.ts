import type { TenantRow } from '../api/staff-api.js';

/** A provider as it writes itself: the API names it in lower case. */
export function providerName(provider: string): string {
  return provider.charAt(0).toUpperCase() + provider.slice(1);
}

/** Who collects the money; the row's provider says nothing when no plan was bought. */
export function providerWords({ provider, source }: Pick<TenantRow, 'provider' | 'source'>): string {
  if (!provider || (source !== 'subscription' && source !== 'trial')) return '–';
  return providerName(provider);
}
