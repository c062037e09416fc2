import type { ProviderSubscription, SubscriptionTimes } from '../provider-subscription.js';
import { asSeats, findProblem } from '../snapshot-range.js';
import { toBillingInterval, toMoney, toSubscriptionStatus } from '../subscription-words.js';
import { asCount, asEpoch, asReference, asText, asTextMap, at } from '../tolerant-reader.js';
import { choosePlanItem } from './stripe-plan-item.js';

const NO_PRICES: ReadonlySet<string> = new Set();

/**
 * Stripe's subscription object in our words; null when it lacks what identifies it (id, customer, status).
 * Reads the present shape (period on the item) and the one before API 2025-03-31 (period on the subscription).
 * The price is unit amount × quantity, before discounts and taxes.
 *
 * @param planPrices price ids that plans are mapped to, by which the item of the plan is told from add-ons
 */
export function toStripeSubscription(
  source: unknown,
  planPrices: ReadonlySet<string> = NO_PRICES,
): ProviderSubscription | null {
  const id = asText(at(source, 'id'));
  const customerId = asReference(at(source, 'customer'));
  const rawStatus = asText(at(source, 'status'));
  if (id === null || customerId === null || rawStatus === null) return null;
  const item = choosePlanItem(source, planPrices);
  const price = at(item, 'price');
  return {
    provider: 'stripe',
    id,
    customerId,
    ownerRef: asText(at(source, 'customer', 'metadata', 'owner_id')),
    checkoutId: asText(at(source, 'metadata', 'checkout_id')),
    status: toSubscriptionStatus(rawStatus),
    rawStatus,
    priceRef: asReference(price),
    productId: asReference(at(price, 'product')),
    priceId: asReference(price),
    productMetadata: {
      ...asTextMap(at(price, 'product', 'metadata')),
      ...asTextMap(at(price, 'metadata')),
    },
    slugs: [asText(at(price, 'lookup_key')), asText(at(price, 'product', 'name'))].filter(
      (name) => name !== null,
    ),
    ...readTimes(source, item),
    ...readPrice(item, price),
    pendingChange: null,
    problem: findProblem({ seats: at(item, 'quantity'), amount: at(price, 'unit_amount') }),
    livemode: typeof at(source, 'livemode') === 'boolean' ? at(source, 'livemode') === true : null,
  };
}

/** A cancel in the portal sets only `cancel_at`, one through the API mostly `cancel_at_period_end`. */
function readTimes(source: unknown, item: unknown): SubscriptionTimes {
  const time = (key: string): Date | null => asEpoch(at(source, key));
  const currentPeriodEnd = asEpoch(at(item, 'current_period_end')) ?? time('current_period_end');
  const currentPeriodStart = asEpoch(at(item, 'current_period_start')) ?? time('current_period_start');
  const endsWithPeriod = at(source, 'cancel_at_period_end') === true;
  return {
    currentPeriodStart,
    currentPeriodEnd,
    trialEnd: time('trial_end'),
    cancelAt: time('cancel_at') ?? (endsWithPeriod ? currentPeriodEnd : null),
    canceledAt: time('canceled_at'),
    endedAt: time('ended_at'),
    pastDueSince: pastDueSince(source, currentPeriodStart),
    startedAt: time('start_date'),
    billingAnchor: time('billing_cycle_anchor'),
    pausesAt: null,
    pausedAt: null,
    resumesAt: asEpoch(at(source, 'pause_collection', 'resumes_at')),
    modifiedAt: null,
  };
}

/**
 * Stripe keeps no date of the first failure: it charges an invoice when it finalizes it (one that is sent is owed from its
 * due date), and retries leave both as they are. Without such an invoice it is the renewal that is unpaid.
 */
function pastDueSince(source: unknown, currentPeriodStart: Date | null): Date | null {
  if (asText(at(source, 'status')) !== 'past_due') return null;
  const invoice = at(source, 'latest_invoice');
  const isOwed = ['open', 'uncollectible'].includes(asText(at(invoice, 'status')) ?? '');
  if (!isOwed) return currentPeriodStart;
  return (
    asEpoch(at(invoice, 'due_date')) ??
    asEpoch(at(invoice, 'status_transitions', 'finalized_at')) ??
    asEpoch(at(invoice, 'created')) ??
    currentPeriodStart
  );
}

function readPrice(
  item: unknown,
  price: unknown,
): Pick<ProviderSubscription, 'seats' | 'price' | 'unitPrice' | 'interval'> {
  const seats = asSeats(at(item, 'quantity')) ?? 1;
  const unitAmount = asCount(at(price, 'unit_amount'));
  const currency = asText(at(price, 'currency'));
  const amount = unitAmount === null ? null : BigInt(unitAmount) * BigInt(seats);
  return {
    seats,
    price: toMoney(amount, currency),
    unitPrice: toMoney(unitAmount === null ? null : BigInt(unitAmount), currency),
    interval: toBillingInterval(
      asText(at(price, 'recurring', 'interval')),
      asCount(at(price, 'recurring', 'interval_count')),
    ),
  };
}
