import type { models } from '@polar-sh/sdk/2026-10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { customerMeter } from './polar-customer-meter.js';
import { liveCustomers } from './polar-customers.js';
import { notFound, parsePolar } from './polar-errors.js';
import { names } from './polar-filters.js';
import { createMeter, meterById, meterCreateSchema } from './polar-meters.js';

interface ById {
  Params: { id: string };
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).optional();
const querySchema = z.looseObject({
  customer_id: oneOrMore,
  external_customer_id: oneOrMore,
  meter_id: oneOrMore,
});

/** Meters, and what each customer consumed by them. */
export function meterRoutes(app: FastifyInstance, world: World): void {
  const { polar } = world.state;
  app.get('/v1/meters/', (request) => paginate(Object.values(polar.meters), request.query));
  app.post('/v1/meters/', (request, reply) => {
    reply.code(201);
    return createMeter(world, parsePolar(meterCreateSchema, request.body, 'body'));
  });
  app.get<ById>('/v1/meters/:id', ({ params }) => meterById(world, params.id));
  const all = (): models.CustomerMeter[] =>
    liveCustomers(world).flatMap((customer) =>
      Object.values(polar.meters).flatMap((meter) => {
        const counted = customerMeter(polar, customer, meter);
        return counted === undefined ? [] : [{ ...counted, customer_id: customer.id, customer, meter }];
      }),
    );
  app.get('/v1/customer-meters/', (request) => {
    const wanted = parsePolar(querySchema, request.query, 'query');
    const found = all().filter(
      (one) =>
        names(wanted.customer_id, one.customer_id) &&
        names(wanted.external_customer_id, one.customer.external_id) &&
        names(wanted.meter_id, one.meter_id),
    );
    return paginate(found, request.query);
  });
  app.get<ById>('/v1/customer-meters/:id', ({ params }) => {
    const found = all().find((one) => one.id === params.id);
    if (found === undefined) throw notFound();
    return found;
  });
}
