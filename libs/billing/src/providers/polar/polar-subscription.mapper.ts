import type {
  Money,
  PendingChange,
  ProviderSubscription,
  SubscriptionTimes,
} from '../provider-subscription.js';
import { asSeats, findProblem } from '../snapshot-range.js';
import { toBillingInterval, toMoney, toSubscriptionStatus } from '../subscription-words.js';
import { asCount, asInstant, asList, asReference, asText, asTextMap, at } from '../tolerant-reader.js';

/**
 * Polar's subscription object in our words; null when it lacks what identifies it (id, customer, status).
 * Reads the present shape (`prices[]`, interval on the subscription) and the older one (a single `price`, interval on
 * the price). `amount` is what Polar charges per interval: all seats, discount taken off.
 */
export function toPolarSubscription(source: unknown): ProviderSubscription | null {
  const id = asText(at(source, 'id'));
  const customerId = asText(at(source, 'customer_id')) ?? asReference(at(source, 'customer'));
  const rawStatus = asText(at(source, 'status'));
  if (id === null || customerId === null || rawStatus === null) return null;
  const price = planPrice(source);
  const productId = asText(at(source, 'product_id')) ?? asReference(at(source, 'product'));
  return {
    provider: 'polar',
    id,
    customerId,
    ownerRef: asText(at(source, 'customer', 'external_id')),
    checkoutId: asText(at(source, 'metadata', 'checkout_id')) ?? asText(at(source, 'checkout_id')),
    status: toSubscriptionStatus(rawStatus),
    rawStatus,
    priceRef: productId,
    productId,
    priceId: asText(at(price, 'id')) ?? asText(at(source, 'price_id')),
    productMetadata: {
      ...asTextMap(at(source, 'product', 'metadata')),
      ...asTextMap(at(price, 'metadata')),
    },
    slugs: [asText(at(source, 'product', 'name'))].filter((name) => name !== null),
    unitPrice: readUnitPrice(price),
    ...readTimes(source),
    seats: asSeats(at(source, 'seats')) ?? 1,
    ...readPrice(source, price),
    pendingChange: readPendingChange(at(source, 'pending_update')),
    problem: findProblem({ seats: at(source, 'seats'), amount: at(source, 'amount') }),
    livemode: null,
  };
}

function readTimes(source: unknown): SubscriptionTimes {
  const time = (key: string): Date | null => asInstant(at(source, key));
  const willCancel = at(source, 'cancel_at_period_end') === true;
  return {
    currentPeriodStart: time('current_period_start'),
    currentPeriodEnd: time('current_period_end'),
    trialEnd: time('trial_end'),
    cancelAt: willCancel ? (time('ends_at') ?? time('current_period_end')) : null,
    canceledAt: time('canceled_at'),
    endedAt: time('ended_at'),
    pastDueSince: time('past_due_at'),
    startedAt: time('started_at'),
    billingAnchor: null,
    pausesAt: at(source, 'pause_at_period_end') === true ? time('current_period_end') : null,
    pausedAt: time('paused_at'),
    resumesAt: time('resumes_at'),
    modifiedAt: time('modified_at') ?? time('created_at'),
  };
}

function readPrice(source: unknown, price: unknown): Pick<ProviderSubscription, 'price' | 'interval'> {
  const amount = asCount(at(source, 'amount'));
  const unit = ['recurring_interval'].flatMap((key) => [
    at(source, key),
    at(price, key),
    at(source, 'product', key),
  ]);
  const count = asCount(at(source, 'recurring_interval_count'));
  return {
    price: toMoney(amount === null ? null : BigInt(amount), asText(at(source, 'currency'))),
    interval: toBillingInterval(
      unit.map((word) => asText(word)).find((word) => word !== null) ?? null,
      count,
    ),
  };
}

/** Of one seat where the price goes by seats; an ad-hoc price is none of the catalog's. */
function readUnitPrice(price: unknown): Money | null {
  if (asText(at(price, 'source')) === 'ad_hoc') return null;
  const [tier] = asList(at(price, 'seat_tiers', 'tiers'));
  const amount = asCount(at(price, 'price_amount')) ?? asCount(at(tier, 'price_per_seat'));
  return toMoney(amount === null ? null : BigInt(amount), asText(at(price, 'price_currency')));
}

/** What Polar keeps until the period ends; a change of units (which we do not sell) is none. */
function readPendingChange(pending: unknown): PendingChange | null {
  const priceRef = asText(at(pending, 'product_id'));
  const seats = asSeats(at(pending, 'seats'));
  if (priceRef === null && seats === null) return null;
  return { priceRef, seats, appliesAt: asInstant(at(pending, 'applies_at')) };
}

/** The price that stands for the plan: the first that is not metered (usage prices may come first). */
function planPrice(source: unknown): unknown {
  const prices = asList(at(source, 'prices'));
  const isMetered = (price: unknown): boolean =>
    asText(at(price, 'amount_type'))?.startsWith('metered') ?? false;
  return prices.find((price) => !isMetered(price)) ?? at(source, 'price');
}
