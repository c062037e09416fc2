import type { FastifyInstance } from 'fastify';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { requireUnlocked } from './polar-change-rules.js';
import { invalid, notFound, parsePolar } from './polar-errors.js';
import { createFreeSubscription } from './polar-free-subscription.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { listSubscriptions } from './polar-subscription-list.js';
import { patchSubscription } from './polar-subscription-patch.js';
import { subscriptionCreateSchema, subscriptionQuerySchema } from './polar-subscription-schemas.js';
import { revokeSubscription } from './polar-subscriptions.js';
import { showSubscription } from './polar-view.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface ById {
  Params: { id: string };
}

/** Subscriptions: listed, shown, changed, revoked. */
export function subscriptionRoutes(app: FastifyInstance, world: World): void {
  app.get('/v1/subscriptions/', (request) => {
    const wanted = parsePolar(subscriptionQuerySchema, request.query, 'query');
    return paginate(listSubscriptions(world, wanted), request.query);
  });
  app.post('/v1/subscriptions/', (request, reply) => {
    const record = createFreeSubscription(world, parsePolar(subscriptionCreateSchema, request.body, 'body'));
    reply.code(201);
    return showSubscription(world.state.polar, record);
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
    requireUnlocked(record);
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
