import type { FastifyError, FastifyInstance } from 'fastify';
import { acceptForms } from '../http/accept-forms.js';
import { credentialOf, sameSecret } from '../http/credential.js';
import { FormError, parseForm } from '../http/form-body.js';
import { addProviderHooks } from '../http/provider-hooks.js';
import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import { accountRoutes } from './account.routes.js';
import { billingRoutes } from './billing.routes.js';
import { catalogRoutes } from './catalog.routes.js';
import { checkoutRoutes } from './checkouts.routes.js';
import { customerRoutes } from './customers.routes.js';
import { rememberIdempotencyKeys } from './idempotency.js';
import { meterRoutes } from './meters.routes.js';
import { portalRoutes } from './portal.routes.js';
import { badRequest, StripeApiError } from './stripe-errors.js';
import { stripeHabits } from './stripe-habits.js';
import { subscriptionRoutes } from './subscriptions.routes.js';
import { webhookEndpointRoutes } from './webhook-endpoints.routes.js';

/** Stripe's API, to be registered under `/v1` of the root: the SDK knows no other prefix. */
export function stripeRoutes(app: FastifyInstance, world: World): void {
  acceptForms(app, badRequest);
  app.addHook('onRequest', async (request, reply) => {
    const version = request.headers['stripe-version'];
    reply.header('request-id', prefixed('req'));
    reply.header('stripe-version', typeof version === 'string' ? version : stripeHabits.apiVersion);
  });
  // Query strings carry brackets too (`expand[0]=data.product`).
  app.addHook('preValidation', async (request) => {
    request.query = queryOf(request.url);
  });
  addProviderHooks(app, world, 'stripe', {
    rateLimited: () => ({
      error: { type: 'rate_limit_error', code: 'rate_limit', message: 'Too many requests' },
    }),
    serverError: () => ({ error: { type: 'api_error', message: 'Something went wrong on our end.' } }),
  });
  app.addHook('preValidation', async (request, reply) => {
    if (reply.sent) return;
    if (sameSecret(credentialOf(request.headers.authorization), world.options.stripe.apiKey)) return;
    const message = 'Invalid API Key provided.';
    await reply.code(401).send({ error: { type: 'invalid_request_error', message } });
  });
  rememberIdempotencyKeys(app, world);
  answerErrors(app);
  customerRoutes(app, world);
  catalogRoutes(app, world);
  checkoutRoutes(app, world);
  subscriptionRoutes(app, world);
  billingRoutes(app, world);
  meterRoutes(app, world);
  portalRoutes(app, world);
  accountRoutes(app, world);
  webhookEndpointRoutes(app, world);
}

function queryOf(url: string): unknown {
  const start = url.indexOf('?');
  try {
    return start < 0 ? {} : parseForm(url.slice(start + 1));
  } catch (error) {
    if (error instanceof FormError) throw badRequest(error.message);
    throw error;
  }
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof StripeApiError) return reply.code(error.status).send({ error: error.error });
    const status = error.statusCode ?? 500;
    if (status < 500) {
      return reply.code(400).send({ error: { type: 'invalid_request_error', message: error.message } });
    }
    process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    return reply.code(500).send({ error: { type: 'api_error', message: 'An unknown error occurred.' } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        type: 'invalid_request_error',
        message: `Unrecognized request URL (${request.method}: ${request.url.split('?')[0]}).`,
      },
    }),
  );
}
