import { ConflictError, InvalidRequestError } from '@tollgate/kernel';
import type { WayOn } from '../subscriptions/way-on.js';

/** A plan that is for sale, and by which intervals. */
export interface SoldPlan {
  readonly key: string;
  readonly intervals: readonly string[];
}

/** The plan and interval asked for are not sold. */
export class NotForSaleError extends InvalidRequestError {
  /** @param sold what is for sale */
  constructor(plan: string, interval: string, sold: readonly SoldPlan[]) {
    const intervals = sold.find(({ key }) => key === plan)?.intervals;
    super(
      'not_for_sale',
      `The plan "${plan}" is not ${intervals ? `sold by the ${interval}` : 'among those for sale'}`,
      { plan, interval, plans: sold.map(({ key }) => key), ...(intervals && { intervals }) },
    );
  }
}

/** The plan is sold, but the provider no longer sells the price that it is mapped to; staff have an alert. */
export class PriceNotOnSaleError extends ConflictError {
  constructor(plan: string, interval: string) {
    super('price_not_on_sale', 'This plan cannot be bought right now', { plan, interval });
  }
}

/** Seats were asked for on a plan without seats, or fewer than are taken. */
export class SeatsRefusedError extends InvalidRequestError {
  constructor(message: string, details: Readonly<Record<string, unknown>>) {
    super('seats_invalid', message, details);
  }
}

/** What is known of the subscription that there is already. */
export interface StandingSubscription extends WayOn {
  /** Null for one that is not known here yet. */
  readonly plan: string | null;
  /** It lives at a provider that new sales no longer go to: a checkout can move it. */
  readonly elsewhere?: boolean;
}

/** The owner has a live paid subscription: plans are changed, not bought twice. */
export class SubscriptionExistsError extends ConflictError {
  constructor({ plan, elsewhere, ...way }: StandingSubscription) {
    const isFree = Object.keys(way).length === 0;
    super('subscription_exists', `There is a paid subscription already; ${adviceOn(way)}`, {
      plan,
      ...(isFree ? { changePlanAt: '/v1/subscription/change' } : way),
      ...(elsewhere && {
        switchProviderAt: '/v1/checkout',
        switchProviderWith: { switchProvider: true },
      }),
    });
  }
}

function adviceOn({ payAt, resumeAt, undoAt }: WayOn): string {
  if (payAt) return 'a payment for it is due: pay it instead of buying again';
  if (resumeAt) return 'it is paused: resume it instead of buying again';
  if (undoAt) return 'it is cancelled: undo that instead of buying again';
  return 'change its plan instead of buying again';
}

/** An address to return to that is none of ours. */
export class ReturnUrlRefusedError extends InvalidRequestError {
  constructor() {
    super('return_url_refused', 'People can only be sent back to an address of this application');
  }
}

/** The portal shows what was bought, and nothing was. */
export class NothingBoughtError extends ConflictError {
  constructor() {
    super('nothing_bought', 'Nothing has been bought yet; start with a checkout', {
      checkoutAt: '/v1/checkout',
    });
  }
}
