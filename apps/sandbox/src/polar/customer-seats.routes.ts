import type { models } from '@polar-sh/sdk/2026-10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { assignSeat, revokeSeat, seatsOf } from './polar-customer-seats.js';
import { notFound, parsePolar } from './polar-errors.js';
import type { PolarSubscriptionRecord } from './polar-state.js';

const listSchema = z.looseObject({ subscription_id: z.string() });
const assignSchema = z.object({
  subscription_id: z.string(),
  email: z.email().nullish(),
  external_customer_id: z.string().nullish(),
  customer_id: z.string().nullish(),
  immediate_claim: z.boolean().optional(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

/** Polar's own assignment of seats: what keeps a number of seats from being lowered. */
export function customerSeatRoutes(app: FastifyInstance, world: World): void {
  const record = (id: string): PolarSubscriptionRecord => {
    const found = lookup(world.state.polar.subscriptions, id);
    if (found === undefined) throw notFound();
    return found;
  };
  app.get('/v1/customer-seats', (request): models.SeatsList => {
    const { subscription_id: id } = parsePolar(listSchema, request.query, 'query');
    const total = record(id).subscription.seats ?? 0;
    const seats = seatsOf(world, id);
    return { seats, available_seats: total - seats.length, total_seats: total };
  });
  app.post('/v1/customer-seats', (request) => {
    const input = parsePolar(assignSchema, request.body, 'body');
    return assignSeat(world, record(input.subscription_id), input);
  });
  app.delete<{ Params: { id: string } }>('/v1/customer-seats/:id', ({ params }) =>
    revokeSeat(world, params.id),
  );
}
