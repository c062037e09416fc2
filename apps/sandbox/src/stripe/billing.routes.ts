import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import { z } from 'zod';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage, pageParams } from './list.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';
import { previewInvoice } from './stripe-preview.js';
import { refundCharge } from './stripe-refunds.js';
import { meterEventSchema, previewSchema } from './stripe-schemas.js';

const DAY = 86_400;
const invoiceQuery = z.strictObject({
  customer: z.string().optional(),
  subscription: z.string().optional(),
  status: z.string().optional(),
  ...pageParams,
});

const paymentQuery = z.strictObject({
  invoice: z.string().optional(),
  payment: z.strictObject({ type: z.string(), payment_intent: z.string().optional() }).optional(),
  status: z.string().optional(),
  ...pageParams,
});

const eventQuery = z.strictObject({
  type: z.string().optional(),
  types: z.array(z.string()).max(20).optional(),
  delivery_success: z.string().optional(),
  ...pageParams,
});
const refundSchema = z.strictObject({
  charge: z.string().optional(),
  payment_intent: z.string().optional(),
  amount: z.coerce.number().int().min(1).optional(),
  reason: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});

/** Invoices (read only), their previews and payments, refunds, events and meter events. */
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
  app.post('/invoices/create_preview', ({ body }) => {
    const params = parseStripe(previewSchema, body);
    return expand(stripe, previewInvoice(world, params), params.expand);
  });
  app.get('/invoice_payments', ({ query }) => {
    const wanted = parseStripe(paymentQuery, query);
    const found = Object.values(stripe.invoicePayments).filter(
      (one) =>
        (wanted.invoice === undefined || one.invoice === wanted.invoice) &&
        (wanted.payment === undefined || one.payment.payment_intent === wanted.payment.payment_intent),
    );
    return expand(stripe, listPage(found, query, '/v1/invoice_payments'), wanted.expand);
  });
  app.post('/refunds', ({ body }) => {
    const { charge: id, payment_intent: intent, amount } = parseStripe(refundSchema, body);
    const charge =
      lookup(stripe.charges, id) ??
      Object.values(stripe.charges).find((one) => intent !== undefined && one.payment_intent === intent);
    if (charge === undefined) throw missing('charge', id ?? intent ?? '', 'charge');
    return refundCharge(world, charge, amount);
  });
  app.get('/events', ({ query }) => {
    const { type, types } = parseStripe(eventQuery, query);
    const found = stripe.events.filter(
      (one) => (type === undefined || one.type === type) && (types === undefined || types.includes(one.type)),
    );
    return listPage(found, query, '/v1/events');
  });
  app.get<{ Params: { id: string } }>('/events/:id', ({ params }) => {
    const event = stripe.events.find((one) => one.id === params.id);
    if (event === undefined) throw missing('event', params.id);
    return event;
  });
  app.get<{ Params: { id: string } }>('/charges/:id', ({ params }) => {
    const charge = lookup(stripe.charges, params.id);
    if (charge === undefined) throw missing('charge', params.id, 'charge');
    return charge;
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
