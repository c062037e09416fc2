import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import { z } from 'zod';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage, pageParams } from './list.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';
import { meterEventSchema } from './stripe-schemas.js';

const DAY = 86_400;
const invoiceQuery = z.strictObject({
  customer: z.string().optional(),
  subscription: z.string().optional(),
  status: z.string().optional(),
  ...pageParams,
});

/** Invoices (read only) and meter events. */
export function billingRoutes(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  app.get('/invoices', ({ query }) => {
    const wanted = parseStripe(invoiceQuery, query);
    const found = Object.values(stripe.invoices).filter(
      (one) =>
        (wanted.customer === undefined || one.customer === wanted.customer) &&
        (wanted.status === undefined || one.status === wanted.status) &&
        (wanted.subscription === undefined ||
          one.parent?.subscription_details?.subscription === wanted.subscription),
    );
    return expand(stripe, listPage(found, query, '/v1/invoices'), wanted.expand);
  });
  app.get<{ Params: { id: string } }>('/invoices/:id', ({ params, query }) => {
    const invoice = lookup(stripe.invoices, params.id);
    if (invoice === undefined) throw missing('invoice', params.id, 'invoice');
    return expand(stripe, invoice, parseStripe(invoiceQuery, query).expand);
  });
  app.post('/billing/meter_events', ({ body }) => recordMeterEvent(world, body));
}

// One identifier counts once within a day; later the provider has forgotten it.
function recordMeterEvent(world: World, body: unknown): Stripe.Billing.MeterEvent {
  const params = parseStripe(meterEventSchema, body);
  const now = world.clock.seconds();
  const { meterEvents } = world.state.stripe;
  const { identifier = uuid() } = params;
  if (meterEvents.some((one) => one.identifier === identifier && now - one.created < DAY)) {
    throw badRequest(
      `An event already exists with identifier ${identifier}.`,
      'identifier',
      'resource_already_exists',
    );
  }
  if (!/^-?\d+(\.\d+)?$/.test(params.payload['value'] ?? '')) {
    throw badRequest('The payload must contain a numeric value.', 'payload[value]');
  }
  const event: Stripe.Billing.MeterEvent = {
    object: 'billing.meter_event',
    created: now,
    event_name: params.event_name,
    identifier,
    livemode: false,
    payload: params.payload,
    timestamp: params.timestamp ?? now,
  };
  meterEvents.push(event);
  return event;
}
