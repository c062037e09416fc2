import type { FastifyInstance } from 'fastify';
import { DomainError } from '@tollgate/kernel';
import { checkUrl } from './check-url.js';
import { securityHeaders } from './security-headers.js';

/** What happens around every request: its URL is checked first; its answer carries our id and security headers. */
export function installRequestHooks(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    try {
      checkUrl(request.raw.url ?? '/');
      done();
    } catch (error) {
      done(error as DomainError);
    }
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('x-request-id', request.id);
    const path = request.routeOptions.url ?? request.url;
    for (const [name, value] of Object.entries(securityHeaders(path))) {
      if (!reply.hasHeader(name)) void reply.header(name, value);
    }
    done(null, payload);
  });
}
