import type { TenantRow } from '../api/staff-api.js';

const names: Record<string, string> = { polar: 'Polar', stripe: 'Stripe' };

/** A provider as it writes itself. */
export function providerName(provider: string): string {
  return names[provider] ?? provider;
}

/** Who collects the money; the row's provider says nothing when no plan was bought. */
export function providerWords({ provider, source }: Pick<TenantRow, 'provider' | 'source'>): string {
  if (!provider || (source !== 'subscription' && source !== 'trial')) return '–';
  return providerName(provider);
}
