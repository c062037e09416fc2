import type { models } from '@polar-sh/sdk/2026-10';
import type { FastifyInstance } from 'fastify';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { invalid, notFound, parsePolar } from './polar-errors.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { patchSubscription } from './polar-subscription-patch.js';
import { subscriptionQuerySchema } from './polar-subscription-schemas.js';
import { revokeSubscription } from './polar-subscriptions.js';
import { ACTIVE_STATUSES, showSubscription } from './polar-view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface ById {
  Params: { id: string };
}

/** Subscriptions: listed, shown, changed, revoked. */
export function subscriptionRoutes(app: FastifyInstance, world: World): void {
  app.get('/v1/subscriptions/', (request) => {
    const matching = matchingSubscriptions(world, request.query);
    const newestFirst = matching.toSorted((left, right) =>
      (right.started_at ?? '').localeCompare(left.started_at ?? ''),
    );
    return paginate(newestFirst, request.query);
  });
  app.get<ById>('/v1/subscriptions/:id', ({ params }) =>
    showSubscription(world.state.polar, subscriptionById(world, params.id)),
  );
  app.patch<ById>('/v1/subscriptions/:id', ({ params, body }) => {
    const record = subscriptionById(world, params.id);
    patchSubscription(world, record, body);
    return showSubscription(world.state.polar, record);
  });
  app.delete<ById>('/v1/subscriptions/:id', ({ params }) => {
    const record = subscriptionById(world, params.id);
    revokeSubscription(world, record);
    return showSubscription(world.state.polar, record);
  });
}

/** @throws PolarApiError 422 on an id that is no UUID, 404 on an unknown one. */
function subscriptionById(world: World, id: string): PolarSubscriptionRecord {
  if (!UUID.test(id)) throw invalid(['path', 'id'], 'Input should be a valid UUID', id, 'uuid_parsing');
  const record = lookup(world.state.polar.subscriptions, id);
  if (record === undefined) throw notFound();
  return record;
}

function matchingSubscriptions(world: World, query: unknown): models.Subscription[] {
  const wanted = parsePolar(subscriptionQuerySchema, query, 'query');
  const has = (filter: string | string[] | undefined, value: string | null | undefined): boolean =>
    filter === undefined || (typeof value === 'string' && [filter].flat().includes(value));
  return Object.values(world.state.polar.subscriptions)
    .map((record) => showSubscription(world.state.polar, record))
    .filter(
      (one) =>
        has(wanted.customer_id, one.customer_id) &&
        has(wanted.external_customer_id, one.customer.external_id) &&
        has(wanted.product_id, one.product_id) &&
        has(wanted.status, one.status) &&
        (wanted.active === undefined || String(ACTIVE_STATUSES.includes(one.status)) === wanted.active) &&
        (wanted.cancel_at_period_end === undefined ||
          String(one.cancel_at_period_end) === wanted.cancel_at_period_end),
    );
}
