import type { ProviderSubscription, SubscriptionTimes } from '../provider-subscription.js';
import { toBillingInterval, toMoney, toSubscriptionStatus } from '../subscription-words.js';
import { asCount, asEpoch, asList, asReference, asText, asTextMap, at } from '../tolerant-reader.js';

/**
 * Stripe's subscription object in our words; null when it lacks what identifies it (id, customer, status).
 * Reads the present shape (period on the item) and the one before API 2025-03-31 (period on the subscription).
 * The price is unit amount × quantity, before discounts and taxes.
 */
export function toStripeSubscription(source: unknown): ProviderSubscription | null {
  const id = asText(at(source, 'id'));
  const customerId = asReference(at(source, 'customer'));
  const rawStatus = asText(at(source, 'status'));
  if (id === null || customerId === null || rawStatus === null) return null;
  const item = planItem(source);
  const price = at(item, 'price');
  return {
    provider: 'stripe',
    id,
    customerId,
    ownerRef: asText(at(source, 'customer', 'metadata', 'owner_id')),
    status: toSubscriptionStatus(rawStatus),
    rawStatus,
    productId: asReference(at(price, 'product')),
    priceId: asReference(price),
    productMetadata: {
      ...asTextMap(at(price, 'product', 'metadata')),
      ...asTextMap(at(price, 'metadata')),
    },
    ...readTimes(source, item),
    ...readPrice(item, price),
    livemode: typeof at(source, 'livemode') === 'boolean' ? at(source, 'livemode') === true : null,
  };
}

/** A cancel in the portal sets only `cancel_at`, one through the API mostly `cancel_at_period_end`. */
function readTimes(source: unknown, item: unknown): SubscriptionTimes {
  const time = (key: string): Date | null => asEpoch(at(source, key));
  const currentPeriodEnd = asEpoch(at(item, 'current_period_end')) ?? time('current_period_end');
  const endsWithPeriod = at(source, 'cancel_at_period_end') === true;
  return {
    currentPeriodStart: asEpoch(at(item, 'current_period_start')) ?? time('current_period_start'),
    currentPeriodEnd,
    trialEnd: time('trial_end'),
    cancelAt: time('cancel_at') ?? (endsWithPeriod ? currentPeriodEnd : null),
    canceledAt: time('canceled_at'),
    endedAt: time('ended_at'),
    pastDueSince: null,
    startedAt: time('start_date'),
    modifiedAt: null,
  };
}

function readPrice(
  item: unknown,
  price: unknown,
): Pick<ProviderSubscription, 'seats' | 'price' | 'interval'> {
  const seats = asCount(at(item, 'quantity')) ?? 1;
  const unitAmount = asCount(at(price, 'unit_amount'));
  const amount = unitAmount === null ? null : BigInt(unitAmount) * BigInt(seats);
  return {
    seats,
    price: toMoney(amount, asText(at(price, 'currency'))),
    interval: toBillingInterval(
      asText(at(price, 'recurring', 'interval')),
      asCount(at(price, 'recurring', 'interval_count')),
    ),
  };
}

/** The item that stands for the plan: the first recurring one that is not metered (add-ons may come first). */
function planItem(source: unknown): unknown {
  return asList(at(source, 'items', 'data')).find((item) => {
    const usage = at(item, 'price', 'recurring', 'usage_type');
    return at(item, 'price', 'recurring') !== undefined && (usage === undefined || usage === 'licensed');
  });
}
