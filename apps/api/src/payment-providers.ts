import { type PaymentProvider, PolarProvider, StripeProvider } from '@tollgate/billing';
import type { Config } from './config/config.js';

/** The configured providers. */
export function createProviders({ polar, stripe }: Config['payments']): PaymentProvider[] {
  return [...(polar ? [new PolarProvider(polar)] : []), ...(stripe ? [new StripeProvider(stripe)] : [])];
}
