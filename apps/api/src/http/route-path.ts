import type { FastifyRequest } from 'fastify';

/** The path pattern of the route that the request matched, e.g. `/staff/tenants/:id`; not the path as it was spelled. */
export function routePathOf(request: object): string {
  return (request as FastifyRequest).routeOptions.url ?? '';
}

/** The address of the peer that opened the connection. */
export function peerAddressOf(request: object): string {
  return (request as FastifyRequest).ip;
}
