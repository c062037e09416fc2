import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRefusedError } from '../providers/provider.errors.js';

/** Whether a call failed because somebody has deleted the customer at the provider, of which no event has told us. */
export async function isCustomerGone(
  error: unknown,
  provider: PaymentProvider,
  customerId: string,
): Promise<boolean> {
  return error instanceof ProviderRefusedError && !(await provider.hasCustomer(customerId));
}
