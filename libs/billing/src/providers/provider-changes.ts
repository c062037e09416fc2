import type { Money } from './provider-subscription.js';

/** When a change takes place. */
export type ChangeTime = 'now' | 'period_end';

/**
 * How a change within a period is charged: at once (and not made when the payment fails), with the next invoice, or not
 * at all (the new amount from the next period on).
 */
export type Proration = 'invoice_now' | 'next_invoice' | 'none';

/** What every change carries. */
interface Change {
  readonly when: ChangeTime;
  readonly proration: Proration;
  /** Derived from the intent (owner, target, revision), so that a retry of the same intent is the same request. */
  readonly intentKey: string;
}

/** Another plan or interval; `seats` are set in the same call, null for a plan that is not priced per seat. */
export interface PlanChange extends Change {
  readonly priceRef: string;
  readonly seats: number | null;
}

/** The absolute number of seats to pay for (≥ 1). */
export interface SeatChange extends Change {
  readonly seats: number;
}

/** What a change of plan or seats made now would cost. */
export interface ChangePreview {
  /** Charged at once. */
  readonly dueNow: Money;
  /** Given back for the unused rest of the period, as a positive amount. */
  readonly credit: Money;
  /** The next regular invoice as a whole, what is carried over included. */
  readonly nextAmount: Money;
  /** When that is due; null when the provider names no period. */
  readonly nextAt: Date | null;
  /** True when we computed it, false when the provider did. Taxes are never part of an estimate. */
  readonly estimated: boolean;
}

/** What is to be previewed, at the instant `at`. */
export interface PreviewWish {
  /** Null for the price that it has, whether or not that is still on sale: only seats change. */
  readonly priceRef: string | null;
  readonly seats: number | null;
  readonly proration: Proration;
  readonly at: Date;
}

/** A subscription to create without a hosted page. */
export interface NewSubscription {
  readonly ownerId: string;
  readonly customerId: string;
  readonly priceRef: string;
  readonly seats: number | null;
  /** Days of trial, null for none. */
  readonly trialDays: number | null;
  readonly intentKey: string;
}

/** A subscription that waits for its first payment, which the browser confirms with `clientSecret`. */
export interface PendingSubscription {
  readonly subscriptionId: string;
  /** Null when nothing is to be paid now (a trial). */
  readonly clientSecret: string | null;
}
