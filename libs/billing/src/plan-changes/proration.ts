import type { ProviderCapabilities } from '../providers/provider-capabilities.js';
import type { Proration } from '../providers/provider-changes.js';

/** How a change is charged: as configured where the provider can do that, else as it can. */
export function prorationFor(
  { prorations }: Pick<ProviderCapabilities, 'prorations'>,
  wanted: Proration,
): Proration {
  if (prorations.includes(wanted)) return wanted;
  // What is charged later is better than what is not charged at all.
  const order: readonly Proration[] = ['next_invoice', 'invoice_now', 'none'];
  return order.find((one) => prorations.includes(one)) ?? wanted;
}
