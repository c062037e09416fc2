import type { FastifyError, FastifyInstance } from 'fastify';
import { acceptForms } from '../http/accept-forms.js';
import { SandboxRefusal, type StandIn } from '../stand-in.js';
import { checkoutPages } from './checkout.routes.js';
import { indexPage } from './index-page.js';
import { noticePage } from './page-layout.js';
import { portalPages } from './portal.routes.js';

// No form-action: browsers apply it to the redirect after the form too, and success URLs are on another origin.
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

/** The pages a customer sees at the provider. */
export function hostedRoutes(app: FastifyInstance, standIns: readonly StandIn[]): void {
  acceptForms(app, (message) => new SandboxRefusal(422, message));
  app.addHook('onRequest', async (_request, reply) => {
    reply.type('text/html; charset=utf-8');
    reply.headers({
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof SandboxRefusal) {
      return reply
        .code(error.status)
        .type('text/html; charset=utf-8')
        .send(noticePage('Not possible', error.message));
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    const message = status < 500 ? error.message : 'The sandbox failed; its output says why.';
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .send(noticePage('Something went wrong', message));
  });
  app.get('/', (_request, reply) => reply.send(indexPage()));
  checkoutPages(app, standIns);
  portalPages(app, standIns);
}
