import type { ProviderCapabilities } from '../provider-capabilities.js';

/** Managed Payments sell by Checkout only, and forbid the schedules that could keep a change until the period ends. */
export function stripeCapabilities(managedPayments: boolean): ProviderCapabilities {
  return {
    changeAtPeriodEnd: 'ours',
    prorations: ['invoice_now', 'next_invoice', 'none'],
    changesWhileCanceling: true,
    leavesSeatPricing: true,
    directSubscriptions: !managedPayments,
    closesCheckouts: true,
    previews: 'exact',
    pauses: 'now',
    resumesByItself: false,
    usageDedupeHours: 24,
  };
}
