import { cardRefuses } from '../money/cards.js';
import type { World } from '../world.js';
import { cardDeclined } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import { chargeInvoice, openPeriodInvoice } from './stripe-invoices.js';
import { amountOfItem } from './stripe-line-draft.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';
import { newSubscription, type NewStripeSubscription } from './stripe-subscription-create.js';
import { update } from './stripe-subscriptions.js';

/** When the first charge is tried, and what a refusal means; `slowly` runs on credit until the money comes. */
export type FirstPayment = 'allow_incomplete' | 'error_if_incomplete' | 'default_incomplete' | 'slowly';

/**
 * Starts a subscription and invoices it; Stripe shows it `incomplete` first and updates it once paid.
 * @throws StripeApiError 402 by `error_if_incomplete` when the card refuses; nothing begins then.
 */
export function beginStripeSubscription(
  world: World,
  input: NewStripeSubscription,
  payment: FirstPayment = 'allow_incomplete',
): StripeSubscriptionRecord {
  const record = newSubscription(world, input);
  const { subscription } = record;
  if (subscription.status === 'trialing') return beginTrial(world, record);
  const due = subscription.items.data.reduce((sum, item) => sum + amountOfItem(item), 0);
  if (payment === 'error_if_incomplete' && due > 0 && cardRefuses(world, subscription.customer, false)) {
    throw cardDeclined();
  }
  world.state.stripe.subscriptions[subscription.id] = record;
  subscription.status = 'incomplete';
  emitStripe(world, 'customer.subscription.created', subscription);
  const invoice = openPeriodInvoice(world, record, 'subscription_create');
  if (payment === 'default_incomplete' && invoice.amount_due > 0) return record;
  if (payment === 'slowly' || chargeInvoice(world, record, invoice)) activate(world, record);
  return record;
}

/** The first payment succeeded. */
export function activate(world: World, record: StripeSubscriptionRecord): void {
  update(world, record, () => {
    record.subscription.status = 'active';
  });
}

function beginTrial(world: World, record: StripeSubscriptionRecord): StripeSubscriptionRecord {
  world.state.stripe.subscriptions[record.subscription.id] = record;
  chargeInvoice(world, record, openPeriodInvoice(world, record, 'subscription_create'));
  emitStripe(world, 'customer.subscription.created', record.subscription);
  return record;
}
