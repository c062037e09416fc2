import type { FastifyInstance } from 'fastify';
import type { Timeline } from '../clock/timeline.js';
import { bearerOf, sameSecret } from '../http/credential.js';
import { acceptJson } from '../http/json-body.js';
import type { StandIn } from '../stand-in.js';
import type { Courier } from '../webhooks/courier.js';
import type { World } from '../world.js';
import { cardRoutes } from './cards.routes.js';
import { clockRoutes } from './clock.routes.js';
import { answerControlErrors } from './control-errors.js';
import { endpointRoutes } from './endpoints.routes.js';
import { faultRoutes } from './faults.routes.js';
import { inspectionRoutes } from './inspection.routes.js';
import { resetRoutes } from './reset.routes.js';
import { salesRoutes } from './sales.routes.js';
import { webhookRoutes } from './webhooks.routes.js';

/** Everything under `/_control`, for holders of the run's control token only. */
export function controlRoutes(
  app: FastifyInstance,
  world: World,
  parts: { standIns: readonly StandIn[]; timeline: Timeline; courier: Courier },
): void {
  acceptJson(app);
  app.addHook('onRequest', async (request, reply) => {
    if (sameSecret(bearerOf(request.headers.authorization), world.options.controlToken)) return;
    await reply
      .code(401)
      .send({ error: 'unauthorized', message: 'Control routes need the control token as a bearer.' });
  });
  answerControlErrors(app);
  clockRoutes(app, world, parts.timeline, parts.courier);
  inspectionRoutes(app, world);
  salesRoutes(app, parts.standIns);
  cardRoutes(app, world, parts.standIns);
  webhookRoutes(app, world, parts);
  endpointRoutes(app, world);
  faultRoutes(app, world);
  resetRoutes(app, world);
}
