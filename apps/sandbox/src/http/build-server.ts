import fastify, { type FastifyInstance } from 'fastify';
import type { Timeline } from '../clock/timeline.js';
import { controlRoutes } from '../control/control.routes.js';
import { hostedRoutes } from '../hosted/hosted.routes.js';
import { polarRoutes } from '../polar/polar.routes.js';
import type { StandIn } from '../stand-in.js';
import { stripeRoutes } from '../stripe/stripe.routes.js';
import type { Courier } from '../webhooks/courier.js';
import type { World } from '../world.js';
import { guardHost } from './host-guard.js';

const BODY_LIMIT = 1_048_576;

/** What the server is made of besides the world. */
export interface ServerParts {
  standIns: readonly StandIn[];
  timeline: Timeline;
  courier: Courier;
  /** Called before a changing request is answered, so that what was answered is also kept. */
  persist(): void;
  port(): number;
}

/** The one server: Polar under `/polar`, Stripe under `/v1`, the pages, and the control routes. */
export function buildServer(world: World, parts: ServerParts): FastifyInstance {
  // A provider call left hanging on purpose must not keep the sandbox from closing.
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  guardHost(app, () => parts.port());
  app.addHook('onSend', async (request, _reply, payload) => {
    if (request.method !== 'GET') parts.persist();
    return payload;
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: 'not_found', message: 'Nothing here.' }),
  );
  app.register(async (scope) => polarRoutes(scope, world), { prefix: '/polar' });
  app.register(async (scope) => stripeRoutes(scope, world), { prefix: '/v1' });
  app.register(async (scope) => hostedRoutes(scope, parts.standIns));
  app.register(async (scope) => controlRoutes(scope, world, parts), { prefix: '/_control' });
  return app;
}
