import type { FastifyInstance } from 'fastify';

/**
 * Refuses (403) every request whose Host is not this very address: a web page that rebinds its own name to 127.0.0.1
 * must not be able to talk to the sandbox.
 */
export function guardHost(app: FastifyInstance, port: () => number): void {
  app.addHook('onRequest', async (request, reply) => {
    const host = request.headers.host;
    if (host !== `127.0.0.1:${port()}` && host !== `localhost:${port()}`) {
      await reply
        .code(403)
        .send({ error: 'host_not_allowed', message: 'The sandbox answers only on 127.0.0.1 and localhost.' });
    }
  });
}
