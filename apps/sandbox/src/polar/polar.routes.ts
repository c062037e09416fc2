import type { FastifyError, FastifyInstance } from 'fastify';
import { bearerOf, sameSecret } from '../http/credential.js';
import { acceptJson } from '../http/json-body.js';
import { addProviderHooks } from '../http/provider-hooks.js';
import type { World } from '../world.js';
import { catalogRoutes } from './catalog.routes.js';
import { checkoutRoutes } from './checkouts.routes.js';
import { customerSeatRoutes } from './customer-seats.routes.js';
import { customerRoutes } from './customers.routes.js';
import { meterRoutes } from './meters.routes.js';
import { orderRoutes } from './orders.routes.js';
import { PolarApiError } from './polar-errors.js';
import { subscriptionRoutes } from './subscriptions.routes.js';
import { usageRoutes } from './usage.routes.js';
import { webhookEndpointRoutes } from './webhook-endpoints.routes.js';

const UNAUTHORIZED = {
  error: 'invalid_token',
  error_description:
    'The access token provided is expired, revoked, malformed, or invalid for other reasons.',
};

/** Polar's API, to be registered under `/polar`. */
export function polarRoutes(app: FastifyInstance, world: World): void {
  acceptJson(app);
  addProviderHooks(app, world, 'polar', {
    rateLimited: () => ({ error: 'RateLimitExceeded', detail: 'Too many requests' }),
    serverError: () => ({ error: 'InternalServerError', detail: 'Internal Server Error' }),
  });
  app.addHook('preValidation', async (request, reply) => {
    if (reply.sent) return;
    if (sameSecret(bearerOf(request.headers.authorization), world.options.polar.apiKey)) return;
    await reply.code(401).header('www-authenticate', 'Bearer').send(UNAUTHORIZED);
  });
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof PolarApiError) return reply.code(error.status).send(error.body);
    const status = error.statusCode ?? 500;
    const detail = [{ loc: ['body'], msg: error.message, type: 'json_invalid', input: null }];
    if (status < 500) return reply.code(422).send({ error: 'RequestValidationError', detail });
    process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    return reply.code(500).send({ error: 'InternalServerError', detail: 'Internal Server Error' });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ detail: 'Not Found' }));
  customerRoutes(app, world);
  catalogRoutes(app, world);
  checkoutRoutes(app, world);
  subscriptionRoutes(app, world);
  usageRoutes(app, world);
  webhookEndpointRoutes(app, world);
  meterRoutes(app, world);
  orderRoutes(app, world);
  customerSeatRoutes(app, world);
}
