import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage } from './list.js';
import { cancelWithBilling } from './stripe-cancel.js';
import { createDirectly } from './stripe-direct-create.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';
import { requireUnlockedStripe } from './stripe-lock.js';
import { subscriptionPauseSchema, subscriptionResumeSchema } from './stripe-pause-schemas.js';
import { pauseSubscription, resumeSubscription } from './stripe-resume.js';
import {
  subscriptionCancelSchema,
  subscriptionQuerySchema,
  subscriptionUpdateSchema,
} from './stripe-schemas.js';
import type { StripeSubscriptionRecord, WireSubscription } from './stripe-state.js';
import { updateStripeSubscription } from './stripe-subscription-update.js';

const scheduleSchema = z.looseObject({ from_subscription: z.string().optional() });

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
  app.post('/subscriptions', ({ body }) => {
    const { record, expand: paths } = createDirectly(world, body);
    return expand(stripe, record.subscription, paths);
  });
  app.post<ById>('/subscriptions/:id/pause', ({ params, body }) => {
    const record = subscriptionById(world, params.id);
    const wish = parseStripe(subscriptionPauseSchema, body);
    pauseSubscription(world, record, wish);
    return expand(stripe, record.subscription, wish.expand);
  });
  app.post<ById>('/subscriptions/:id/resume', ({ params, body }) => {
    const record = subscriptionById(world, params.id);
    const wish = parseStripe(subscriptionResumeSchema, body);
    resumeSubscription(world, record, wish);
    return expand(stripe, record.subscription, wish.expand);
  });
  app.post('/subscription_schedules', ({ body }) => refuseSchedule(world, body));
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
    requireUnlockedStripe(record);
    const { prorate, invoice_now: invoiceNow } = options;
    cancelWithBilling(world, record, { prorate: prorate === 'true', invoiceNow: invoiceNow === 'true' });
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

// Under Managed Payments a schedule is refused in these words; without it this stand-in plays none either.
function refuseSchedule(world: World, body: unknown): never {
  const { from_subscription: id } = parseStripe(scheduleSchema, body);
  const record = id === undefined ? undefined : subscriptionById(world, id);
  if (record === undefined || record.subscription.managed_payments?.enabled === true) {
    throw badRequest(
      'Subscription schedules cannot be created for Subscriptions with Managed Payments enabled.',
      'from_subscription',
    );
  }
  throw badRequest('The sandbox plays no subscription schedules.');
}
