import type { FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came over the wire; only on routes that verify a signature over it. */
    rawBody?: Buffer;
  }
}

/** Signatures are made over bytes, so these routes get the body unread, whatever type it claims to be. */
const RAW_ROUTES: ReadonlySet<string> = new Set(['POST /webhooks/payment']);

/** The largest body on such a route, in bytes. */
export const RAW_BODY_LIMIT = 256 * 1024;

/** Whether the route that this request matched takes its body unread. */
export function takesRawBody(request: FastifyRequest): boolean {
  return RAW_ROUTES.has(`${request.method} ${request.routeOptions.url ?? ''}`);
}
