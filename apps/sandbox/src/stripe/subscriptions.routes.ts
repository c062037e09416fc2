import type { FastifyInstance } from 'fastify';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage } from './list.js';
import { stripeCustomer } from './stripe-customers.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';
import {
  subscriptionCancelSchema,
  subscriptionCreateSchema,
  subscriptionQuerySchema,
  subscriptionUpdateSchema,
} from './stripe-schemas.js';
import type { StripeSubscriptionRecord, WireSubscription } from './stripe-state.js';
import { updateStripeSubscription } from './stripe-subscription-update.js';
import { beginStripeSubscription, cancelNow } from './stripe-subscriptions.js';

interface ById {
  Params: { id: string };
}

/** Subscriptions: listed, shown, created directly (never under Managed Payments), changed, canceled. */
export function subscriptionRoutes(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  app.get('/subscriptions', ({ query }) => {
    const wanted = parseStripe(subscriptionQuerySchema, query);
    const found = Object.values(stripe.subscriptions)
      .map((record) => record.subscription)
      .filter(
        (one) =>
          hasStatus(one, wanted.status) &&
          (wanted.customer === undefined || one.customer === wanted.customer) &&
          (wanted.price === undefined || one.items.data.some((item) => item.price.id === wanted.price)),
      );
    return expand(stripe, listPage(found, query, '/v1/subscriptions'), wanted.expand);
  });
  app.post('/subscriptions', ({ body }) => createDirectly(world, body));
  app.get<ById>('/subscriptions/:id', ({ params, query }) => {
    const { expand: paths } = parseStripe(subscriptionQuerySchema, query);
    return expand(stripe, subscriptionById(world, params.id).subscription, paths);
  });
  app.post<ById>('/subscriptions/:id', ({ params, body }) => {
    const record = subscriptionById(world, params.id);
    const changes = parseStripe(subscriptionUpdateSchema, body);
    updateStripeSubscription(world, record, changes);
    return expand(stripe, record.subscription, changes.expand);
  });
  app.delete<ById>('/subscriptions/:id', ({ params, body, query }) => {
    const record = subscriptionById(world, params.id);
    const options = parseStripe(subscriptionCancelSchema, body ?? query);
    // A canceled subscription answers as if it were gone.
    if (record.subscription.ended_at !== null) throw missing('subscription', params.id);
    cancelNow(world, record);
    return expand(stripe, record.subscription, options.expand);
  });
}

function subscriptionById(world: World, id: string): StripeSubscriptionRecord {
  const record = lookup(world.state.stripe.subscriptions, id);
  if (record === undefined) throw missing('subscription', id);
  return record;
}

// Without a status Stripe lists everything that has not been canceled.
function hasStatus(subscription: WireSubscription, status: string | undefined): boolean {
  const ended = subscription.status === 'canceled' || subscription.status === 'incomplete_expired';
  if (status === undefined) return subscription.status !== 'canceled';
  if (status === 'all') return true;
  return status === 'ended' ? ended : subscription.status === status;
}

function createDirectly(world: World, body: unknown): unknown {
  const params = parseStripe(subscriptionCreateSchema, body);
  if (params.managed_payments?.enabled === 'true') {
    throw badRequest(
      'Managed Payments subscriptions can only be created through Checkout or Payment Links.',
      'managed_payments',
    );
  }
  const customer = stripeCustomer(world, params.customer, 'customer');
  const lines = params.items.map((item, index) => {
    const price = lookup(world.state.stripe.prices, item.price);
    if (price === undefined || !price.active)
      throw missing('price', item.price ?? '', `items[${index}][price]`);
    return { price: structuredClone(price), quantity: item.quantity ?? 1 };
  });
  const record = beginStripeSubscription(world, {
    customerId: customer.id,
    lines,
    trialDays: params.trial_period_days ?? 0,
    metadata: params.metadata ?? {},
    managedPayments: false,
  });
  return expand(world.state.stripe, record.subscription, params.expand);
}
