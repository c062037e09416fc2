import { estimateChange } from '../estimate-change.js';
import type { ProviderPrice } from '../provider-catalog.js';
import type { ChangePreview, PreviewWish } from '../provider-changes.js';
import type { Money, ProviderSubscription } from '../provider-subscription.js';
import { ProviderRefusedError } from '../provider.errors.js';
import { asProviderId } from '../tolerant-reader.js';
import type { PolarCatalog } from './polar-catalog.js';

/** The price to change to: of one seat where it goes by seats. */
type NewPrice = Pick<ProviderPrice, 'money' | 'perSeat' | 'interval'>;

/** Polar has no preview: we compute one from the subscription and the product's price in the same currency. */
export async function previewPolarChange(
  catalog: PolarCatalog,
  subscription: ProviderSubscription,
  wish: PreviewWish,
): Promise<ChangePreview> {
  const current = subscription.price;
  const price =
    wish.priceRef === null ? heldPrice(subscription) : await priceOf(catalog, wish.priceRef, current);
  if (current === null || price === null) throw new ProviderRefusedError('polar', 'unsupported');
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

async function priceOf(
  catalog: PolarCatalog,
  priceRef: string,
  current: Money | null,
): Promise<NewPrice | null> {
  if (asProviderId(priceRef) === null) throw new ProviderRefusedError('polar', 'not_found');
  const prices = await catalog.pricesOf(priceRef);
  return prices.find(({ money }) => money.currency === current?.currency) ?? null;
}

/** What the subscription itself says that a seat costs. */
function heldPrice({ unitPrice, interval }: ProviderSubscription): NewPrice | null {
  return unitPrice && interval && { money: unitPrice, perSeat: true, interval };
}
