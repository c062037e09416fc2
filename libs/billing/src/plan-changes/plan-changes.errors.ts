import { ConflictError } from '@tollgate/kernel';
import type { SubscriptionStatus } from '../providers/provider-subscription.js';
import { wayOn } from '../subscriptions/way-on.js';
import type { PendingChangeView } from './pending-change-view.js';

/** There is nothing to change: the owner has no live subscription at a provider. */
export class NoSubscriptionError extends ConflictError {
  constructor() {
    super('no_subscription', 'There is no paid subscription; start with a checkout', {
      checkoutAt: '/v1/checkout',
    });
  }
}

/** The subscription already is what was asked for; whoever means to stay so takes the `pending` change back. */
export class NothingChangesError extends ConflictError {
  constructor(plan: string, pending: PendingChangeView | null) {
    const pendingChange = pending && { ...pending, effectiveAt: pending.effectiveAt?.toISOString() ?? null };
    super('plan_unchanged', 'The subscription is just like that already', {
      plan,
      ...(pendingChange && { pendingChange, takeBack: 'DELETE /v1/subscription/change' }),
    });
  }
}

/** It is not in a state to be paused in. `scheduledFor`: when a pause begins that was asked for before. */
export class NotPausableError extends ConflictError {
  constructor(status: SubscriptionStatus, scheduledFor: Date | null = null) {
    const state = scheduledFor && status === 'active' ? 'to be paused already' : STATES[status];
    super('not_pausable', `Only an active subscription can be paused; this one is ${state}`, {
      status,
      ...(scheduledFor && { pausesAt: scheduledFor.toISOString(), resumeAt: '/v1/subscription/resume' }),
      ...wayOn({ status, cancelAt: null }),
    });
  }
}

const STATES: Readonly<Record<SubscriptionStatus, string>> = {
  active: 'active',
  trialing: 'in its trial',
  past_due: 'past due',
  unpaid: 'unpaid',
  incomplete: 'waiting for its first payment',
  incomplete_expired: 'at its end',
  paused: 'paused already',
  canceled: 'at its end',
};

/** A scheduled cancel has to be undone before anything else is changed. */
export class CancelScheduledError extends ConflictError {
  constructor(cancelAt: Date) {
    super('cancel_scheduled', 'The subscription is cancelled already; undo that first', {
      cancelAt: cancelAt.toISOString(),
      undoAt: '/v1/subscription/undo-cancel',
    });
  }
}

/** The provider cannot turn a plan that is priced per seat into one that is not. */
export class SeatPricingStaysError extends ConflictError {
  constructor(plan: string) {
    super(
      'seat_pricing_stays',
      'A plan that is priced per seat has to end before one that is not begins: cancel first',
      {
        plan,
        cancelAt: '/v1/subscription/cancel',
      },
    );
  }
}

/** A payment is due: it has to be made before the plan is changed. */
export class PaymentDueError extends ConflictError {
  constructor() {
    super('payment_due', 'A payment is due; pay it first', { payAt: '/v1/portal' });
  }
}

/** What was paid for at another provider is being used up: nothing is charged here yet, so there is nothing to prorate. */
export class PrepaidTimeError extends ConflictError {
  constructor(until: Date | null) {
    super('prepaid_time', 'Until the time paid for at the other provider is over, no more can be bought', {
      until: until?.toISOString() ?? null,
    });
  }
}

/** An upgrade is charged with the next invoice, which a pause would put off for ever. */
export class UpgradeUnpaidError extends ConflictError {
  constructor(chargedAt: Date | null) {
    super('upgrade_unpaid', 'An upgrade is charged with the next renewal; pause after it, or cancel', {
      until: chargedAt?.toISOString() ?? null,
      cancelAt: '/v1/subscription/cancel',
    });
  }
}

/** The subscription is not in the state that the wish supposes; `code` says which one it would have to be in. */
export class WrongStateError extends ConflictError {}

/** Whoever asks saw another plan than the one that holds now. */
export class SubscriptionChangedError extends ConflictError {
  constructor(plan: string) {
    super('subscription_changed', 'The subscription has changed meanwhile; look again', { plan });
  }
}

/** The provider has a pending change already, shortly before its time: it cannot be replaced or taken back any more. */
export class ChangeUnderWayError extends ConflictError {
  constructor(effectiveAt: Date) {
    super('change_under_way', 'The pending change takes place shortly; change the subscription after it', {
      effectiveAt: effectiveAt.toISOString(),
    });
  }
}

/** The provider is working on a change whose outcome is not known yet. */
export class ChangeInProgressError extends ConflictError {
  constructor(commandId: string) {
    super('change_in_progress', 'A change is being made right now; wait for its outcome', {
      commandAt: `/v1/subscription/commands/${commandId}`,
    });
  }
}
