import { ConflictError, InvalidRequestError } from '@tollgate/kernel';

/** The plan and interval asked for are not sold. */
export class NotForSaleError extends InvalidRequestError {
  constructor(plan: string, interval: string) {
    super('not_for_sale', `The plan "${plan}" is not sold by the ${interval}`, { plan, interval });
  }
}

/** Seats were asked for on a plan without seats, or fewer than are taken. */
export class SeatsRefusedError extends InvalidRequestError {
  constructor(message: string, details: Readonly<Record<string, unknown>>) {
    super('seats_invalid', message, details);
  }
}

/** The owner has a live paid subscription: plans are changed, not bought twice. */
export class SubscriptionExistsError extends ConflictError {
  constructor(plan: string) {
    super(
      'subscription_exists',
      'There is a paid subscription already; change its plan instead of buying again',
      {
        plan,
        changePlanAt: '/v1/portal',
      },
    );
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
