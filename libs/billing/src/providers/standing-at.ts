import type { ChangeTime } from './provider-changes.js';
import type { ProviderSubscription } from './provider-subscription.js';

/** What a subscription stands at now, or will once its pending change applies. */
export function standingAt(
  { priceRef, seats, pendingChange }: Pick<ProviderSubscription, 'priceRef' | 'seats' | 'pendingChange'>,
  when: ChangeTime,
): Pick<ProviderSubscription, 'priceRef' | 'seats'> {
  if (when === 'now') return { priceRef, seats };
  return { priceRef: pendingChange?.priceRef ?? priceRef, seats: pendingChange?.seats ?? seats };
}
