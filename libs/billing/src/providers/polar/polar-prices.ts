import type { ProviderPrice } from '../provider-catalog.js';
import { toBillingInterval, toMoney } from '../subscription-words.js';
import { asCount, asList, asProviderId, asText, asTextMap, at } from '../tolerant-reader.js';

/**
 * The recurring prices of one Polar product: one for every currency. Metered prices and prices that the buyer chooses
 * are none of a plan; archived ones are not on sale.
 */
export function toPolarPrices(product: unknown): readonly ProviderPrice[] {
  const productId = asProviderId(at(product, 'id'));
  const interval = toBillingInterval(
    asText(at(product, 'recurring_interval')),
    asCount(at(product, 'recurring_interval_count')),
  );
  if (productId === null || interval === null || at(product, 'is_archived') === true) return [];
  return asList(at(product, 'prices')).flatMap((price): ProviderPrice[] => {
    const money = at(price, 'is_archived') === true ? null : readMoney(price);
    if (money === null) return [];
    return [
      {
        priceRef: productId,
        productId,
        productName: asText(at(product, 'name')) ?? '',
        lookupKey: null,
        metadata: asTextMap(at(product, 'metadata')),
        money,
        interval,
        perSeat: asText(at(price, 'amount_type')) === 'seat_based',
        taxCode: null,
      },
    ];
  });
}

/** The amount, or that of the first seat. */
function readMoney(price: unknown): ProviderPrice['money'] | null {
  const amounts: Readonly<Record<string, unknown>> = {
    fixed: at(price, 'price_amount'),
    seat_based: at(asList(at(price, 'seat_tiers', 'tiers'))[0], 'price_per_seat'),
  };
  const type = asText(at(price, 'amount_type')) ?? '';
  const amount = Object.hasOwn(amounts, type) ? asCount(amounts[type]) : null;
  return toMoney(amount === null ? null : BigInt(amount), asText(at(price, 'price_currency')));
}
