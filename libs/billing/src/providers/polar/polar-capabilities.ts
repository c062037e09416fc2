import type { ProviderCapabilities } from '../provider-capabilities.js';

/** Polar keeps what waits for the period's end, and sells by its pages only. */
export const POLAR_CAPABILITIES: ProviderCapabilities = {
  changeAtPeriodEnd: 'provider',
  prorations: ['invoice_now', 'next_invoice'],
  changesWhileCanceling: false,
  leavesSeatPricing: false,
  directSubscriptions: false,
  closesCheckouts: false,
  previews: 'estimated',
  pauses: 'period_end',
  resumesByItself: true,
  usageDedupeHours: null,
};
