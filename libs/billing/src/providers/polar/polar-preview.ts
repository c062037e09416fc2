import { estimateChange } from '../estimate-change.js';
import type { ChangePreview, PreviewWish } from '../provider-changes.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderRefusedError } from '../provider.errors.js';
import type { PolarCatalog } from './polar-catalog.js';

/** Polar has no preview: we compute one from the subscription and the product's price in the same currency. */
export async function previewPolarChange(
  catalog: PolarCatalog,
  subscription: ProviderSubscription,
  wish: PreviewWish,
): Promise<ChangePreview> {
  const current = subscription.price;
  const prices = await catalog.pricesOf(wish.priceRef);
  const price = prices.find(({ money }) => money.currency === current?.currency);
  if (current === null || price === undefined) throw new ProviderRefusedError('polar', 'unsupported');
  const seats = price.perSeat ? (wish.seats ?? subscription.seats) : 1;
  return estimateChange({
    currency: current.currency,
    amount: current.amount,
    newAmount: price.money.amount * BigInt(seats),
    interval: subscription.interval,
    newInterval: price.interval,
    periodStart: subscription.currentPeriodStart,
    periodEnd: subscription.currentPeriodEnd,
    isTrial: subscription.status === 'trialing',
    proration: wish.proration,
    at: wish.at,
  });
}
