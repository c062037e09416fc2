import type { ProviderPrice } from '../provider-catalog.js';
import { toBillingInterval, toMoney } from '../subscription-words.js';
import { asCount, asProviderId, asReference, asText, asTextMap, at } from '../tolerant-reader.js';

/**
 * A Stripe price (with its product expanded) in our words; null for what is not on sale, metered, tiered, finer than a
 * minor unit, or of an interval that we do not sell. Whether it is meant per seat only our own metadata tell.
 */
export function toStripePrice(price: unknown): ProviderPrice | null {
  const product = at(price, 'product');
  const isOnSale = at(price, 'active') === true && at(product, 'active') !== false;
  const priceRef = asProviderId(at(price, 'id'));
  const productId = asReference(product);
  const interval = toBillingInterval(
    asText(at(price, 'recurring', 'interval')),
    asCount(at(price, 'recurring', 'interval_count')),
  );
  const amount = asCount(at(price, 'unit_amount'));
  const money = toMoney(amount === null ? null : BigInt(amount), asText(at(price, 'currency')));
  const isMetered = at(price, 'recurring', 'usage_type') === 'metered';
  if (
    !isOnSale ||
    isMetered ||
    priceRef === null ||
    productId === null ||
    interval === null ||
    money === null
  ) {
    return null;
  }
  const metadata = { ...asTextMap(at(product, 'metadata')), ...asTextMap(at(price, 'metadata')) };
  return {
    priceRef,
    productId,
    productName: asText(at(product, 'name')) ?? '',
    lookupKey: asText(at(price, 'lookup_key')),
    metadata,
    money,
    interval,
    perSeat: metadata['per_seat'] === undefined ? null : metadata['per_seat'] === 'true',
    taxCode: asReference(at(product, 'tax_code')),
  };
}
