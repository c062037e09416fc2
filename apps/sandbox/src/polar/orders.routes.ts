import type { models } from '@polar-sh/sdk/2026-10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { invalid, notFound, parsePolar } from './polar-errors.js';
import { names, sortedBy } from './polar-filters.js';
import { refundOrder } from './polar-refunds.js';
import type { StoredPolarOrder } from './polar-state.js';
import { showOrder } from './polar-view.js';

interface ById {
  Params: { id: string };
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).optional();
const orderQuery = z.looseObject({
  customer_id: oneOrMore,
  external_customer_id: oneOrMore,
  product_id: oneOrMore,
  subscription_id: oneOrMore,
  checkout_id: oneOrMore,
  status: oneOrMore,
  sorting: oneOrMore,
});
const refundSchema = z.object({
  order_id: z.string(),
  reason: z.enum([
    'duplicate',
    'fraudulent',
    'customer_request',
    'service_disruption',
    'satisfaction_guarantee',
    'other',
  ]),
  amount: z.int().min(1),
  comment: z.string().nullish(),
});
const refundQuery = z.looseObject({ order_id: oneOrMore, subscription_id: oneOrMore });

/** Orders as they came of checkouts, renewals and changes; refunds. */
export function orderRoutes(app: FastifyInstance, world: World): void {
  const { polar } = world.state;
  app.get('/v1/orders/', (request) => {
    const wanted = parsePolar(orderQuery, request.query, 'query');
    const found = Object.values(polar.orders)
      .map((order) => showOrder(polar, order))
      .filter((one) => matches(one, wanted));
    const sorted = sortedBy(found, wanted.sorting ?? '-created_at', {
      created_at: (one) => one.created_at,
      amount: (one) => one.total_amount,
    });
    return paginate(sorted, request.query);
  });
  app.get<ById>('/v1/orders/:id', ({ params }) => {
    const order = lookup(polar.orders, params.id);
    if (order === undefined) throw notFound();
    return showOrder(polar, order);
  });
  app.get('/v1/refunds/', (request) => {
    const wanted = parsePolar(refundQuery, request.query, 'query');
    const found = Object.values(polar.refunds).filter(
      (one) => names(wanted.order_id, one.order_id) && names(wanted.subscription_id, one.subscription_id),
    );
    return paginate(found, request.query);
  });
  app.post('/v1/refunds/', (request, reply) => {
    const { order_id: id, amount, reason } = parsePolar(refundSchema, request.body, 'body');
    const order: StoredPolarOrder | undefined = lookup(polar.orders, id);
    if (order === undefined) throw invalid(['body', 'order_id'], 'Order does not exist.', id);
    reply.code(201);
    return refundOrder(world, order, amount, reason);
  });
  app.get('/v1/disputes/', (request) => paginate(Object.values(polar.disputes), request.query));
}

function matches(one: models.Order, wanted: z.infer<typeof orderQuery>): boolean {
  return (
    names(wanted.customer_id, one.customer_id) &&
    names(wanted.external_customer_id, one.customer.external_id) &&
    names(wanted.product_id, one.product_id) &&
    names(wanted.subscription_id, one.subscription_id) &&
    names(wanted.checkout_id, one.checkout_id) &&
    names(wanted.status, one.status)
  );
}
