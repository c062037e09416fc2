import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import { z } from 'zod';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { listPage, pageParams } from './list.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';

const meterSchema = z.strictObject({
  display_name: z.string().min(1).max(250),
  event_name: z.string().min(1).max(100),
  default_aggregation: z.strictObject({ formula: z.enum(['sum', 'count', 'last']) }),
  customer_mapping: z.strictObject({ event_payload_key: z.string(), type: z.literal('by_id') }).optional(),
  value_settings: z.strictObject({ event_payload_key: z.string() }).optional(),
  expand: z.array(z.string()).optional(),
});
const querySchema = z.strictObject({ status: z.string().optional(), ...pageParams });

/** Meters: what usage is counted by. */
export function meterRoutes(app: FastifyInstance, world: World): void {
  const { meters } = world.state.stripe;
  app.get('/billing/meters', ({ query }) => {
    const { status } = parseStripe(querySchema, query);
    const found = Object.values(meters).filter((one) => status === undefined || one.status === status);
    return listPage(found, query, '/v1/billing/meters');
  });
  app.get<{ Params: { id: string } }>('/billing/meters/:id', ({ params }) => {
    const meter = lookup(meters, params.id);
    if (meter === undefined) throw missing('billing.meter', params.id);
    return meter;
  });
  app.post('/billing/meters', ({ body }) => createMeter(world, parseStripe(meterSchema, body)));
}

function createMeter(world: World, params: z.infer<typeof meterSchema>): Stripe.Billing.Meter {
  const { meters } = world.state.stripe;
  if (Object.values(meters).some((one) => one.event_name === params.event_name && one.status === 'active')) {
    throw badRequest(`An active meter already uses the event name ${params.event_name}.`, 'event_name');
  }
  const now = world.clock.seconds();
  const meter: Stripe.Billing.Meter = {
    id: prefixed('mtr'),
    object: 'billing.meter',
    created: now,
    customer_mapping: params.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
    default_aggregation: params.default_aggregation,
    display_name: params.display_name,
    event_name: params.event_name,
    event_time_window: null,
    livemode: false,
    status: 'active',
    status_transitions: { deactivated_at: null },
    updated: now,
    value_settings: params.value_settings ?? { event_payload_key: 'value' },
  };
  meters[meter.id] = meter;
  return meter;
}
