import type { ProviderSubscription } from '../providers/provider-subscription.js';
import type { KnownSubscription } from '../subscription-sync/known-subscription.js';

/** One field in which our row and the provider differ, as text; null for nothing. */
export interface Difference {
  readonly field: string;
  readonly ours: string | null;
  readonly theirs: string | null;
}

type Facts = Readonly<Record<string, Date | string | number | bigint | null>>;

/**
 * Where our row differs from what the provider tells, field by field; `known` is null for a subscription that we never
 * heard of. An id that has ended with us stays ended, so nothing about it differs any more.
 */
export function differencesOf(known: KnownSubscription | null, told: ProviderSubscription): Difference[] {
  if (known?.endedAt) return [];
  const [ours, theirs] = [known ? factsOfRow(known) : {}, factsTold(told)];
  return Object.entries(theirs).flatMap(([field, value]) => {
    const difference = { field, ours: textOf(ours[field] ?? null), theirs: textOf(value) };
    return difference.ours === difference.theirs ? [] : [difference];
  });
}

function factsOfRow(known: KnownSubscription): Facts {
  return {
    ...sharedFacts(known),
    status: known.status,
    amount: known.amount,
    currency: known.currency,
  };
}

function factsTold(told: ProviderSubscription): Facts {
  return {
    ...sharedFacts(told),
    status: told.status ?? told.rawStatus,
    amount: told.price?.amount ?? null,
    currency: told.price?.currency ?? null,
  };
}

/** Since when a payment is due is not compared: one provider does not tell it, and we remember it ourselves. */
function sharedFacts(one: KnownSubscription | ProviderSubscription): Facts {
  return {
    customer: one.customerId,
    product: one.productId,
    price: one.priceId,
    periodStart: one.currentPeriodStart,
    periodEnd: one.currentPeriodEnd,
    trialEnd: one.trialEnd,
    cancelAt: one.cancelAt,
    canceledAt: one.canceledAt,
    endedAt: one.endedAt,
    startedAt: one.startedAt,
    pausesAt: one.pausesAt,
    pausedAt: one.pausedAt,
    resumesAt: one.resumesAt,
    seats: one.seats,
    interval: one.interval,
    pendingPrice: one.pendingChange?.priceRef ?? null,
    pendingSeats: one.pendingChange?.seats ?? null,
    pendingAt: one.pendingChange?.appliesAt ?? null,
  };
}

/** Instants to the millisecond, which is what our columns and both providers' objects have in common. */
function textOf(value: Facts[string]): string | null {
  if (value === null) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}
