import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { stripeCustomer } from './stripe-customers.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';
import { subscriptionCreateSchema } from './stripe-schemas.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';
import { beginStripeSubscription } from './stripe-subscription-begin.js';

/** `POST /v1/subscriptions`, which Managed Payments has no use for. @throws StripeApiError 400, 402 and 404. */
export function createDirectly(
  world: World,
  body: unknown,
): { record: StripeSubscriptionRecord; expand: string[] | undefined } {
  const params = parseStripe(subscriptionCreateSchema, body);
  if (params.managed_payments?.enabled === 'true') {
    throw badRequest(
      'Managed Payments subscriptions can only be created through Checkout or Payment Links.',
      'managed_payments',
    );
  }
  const { payment_behavior: payment = 'allow_incomplete' } = params;
  if (payment === 'pending_if_incomplete')
    throw badRequest('`pending_if_incomplete` can only be used on updates.', 'payment_behavior');
  const customer = stripeCustomer(world, params.customer, 'customer');
  const lines = params.items.map((item, index) => {
    const price = lookup(world.state.stripe.prices, item.price);
    if (price === undefined || !price.active)
      throw missing('price', item.price ?? '', `items[${index}][price]`);
    return { price: structuredClone(price), quantity: item.quantity ?? 1 };
  });
  const record = beginStripeSubscription(
    world,
    {
      customerId: customer.id,
      lines,
      trialDays: params.trial_period_days ?? 0,
      metadata: params.metadata ?? {},
      managedPayments: false,
      // No card is on file when a trial begins without a checkout.
      hasCard: params.trial_period_days === undefined,
      trialEndBehavior: params.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    },
    payment,
  );
  return { record, expand: params.expand };
}
