import { polar } from './polar.js';
import type { ProviderKind } from './provider-kind.js';
import { stripe } from './stripe.js';

/**
 * Every payment provider that this application can sell through: the one list of them. The first sells unless
 * `PAYMENT_PROVIDER` says otherwise.
 */
export const PAYMENT_PROVIDERS: readonly ProviderKind[] = [polar, stripe];
