import type { FastifyInstance } from 'fastify';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { checkoutById, createCheckout } from './polar-checkouts.js';
import { parsePolar } from './polar-errors.js';
import { checkoutCreateSchema } from './polar-schemas.js';

/** Checkouts: made here, paid on the hosted page. */
export function checkoutRoutes(app: FastifyInstance, world: World): void {
  app.post('/v1/checkouts/', (request, reply) => {
    reply.code(201);
    return createCheckout(world, parsePolar(checkoutCreateSchema, request.body, 'body'));
  });
  app.get('/v1/checkouts/', (request) => paginate(Object.values(world.state.polar.checkouts), request.query));
  app.get<{ Params: { id: string } }>('/v1/checkouts/:id', ({ params }) => checkoutById(world, params.id));
}
