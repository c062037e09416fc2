import type { FastifyInstance } from 'fastify';

/** How long requests under way may go on after the stop; together with the rest of the shutdown under ten seconds. */
const GRACE_MS = 5_000;

/**
 * Cuts what is still connected some seconds after the stop began. A client that opened a connection and never sent
 * a request counts as busy to Node, and would hold the process until its own timeout.
 */
export function closeInTime(fastify: FastifyInstance, graceMs = GRACE_MS): void {
  fastify.addHook('preClose', (done) => {
    const timer = setTimeout(() => fastify.server.closeAllConnections(), graceMs);
    fastify.server.once('close', () => clearTimeout(timer));
    done();
  });
}
