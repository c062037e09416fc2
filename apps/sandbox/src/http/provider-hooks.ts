import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ProviderName } from '../options.js';
import type { World } from '../world.js';
import type { LoggedRequest } from './request-log.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The log entry of a provider call; its status is filled in when the answer goes out. */
    logged: LoggedRequest | null;
  }
}

const HEADERS_OF_INTEREST = [
  'idempotency-key',
  'polar-version',
  'stripe-version',
  'stripe-account',
  'polar-organization',
  'user-agent',
] as const;

/** How a provider words "come back later" and "our fault". */
export interface OutageAnswers {
  rateLimited(): unknown;
  serverError(): unknown;
}

/** Logs every call of one provider's API and plays that provider's outage, before any of its rules are asked. */
export function addProviderHooks(
  app: FastifyInstance,
  world: World,
  provider: ProviderName,
  answers: OutageAnswers,
): void {
  app.decorateRequest('logged', null);
  app.addHook('preValidation', async (request, reply) => {
    request.logged = describe(world, provider, request);
    world.requests.add(request.logged);
    await playOutage(world, provider, answers, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (world.outages[provider] === 'lost_response') reply.raw.destroy();
    else if (request.logged !== null) request.logged.status = reply.statusCode;
    return payload;
  });
}

function describe(world: World, provider: ProviderName, request: FastifyRequest): LoggedRequest {
  const headers: Record<string, string> = {};
  for (const name of HEADERS_OF_INTEREST) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const [path = ''] = request.url.split('?');
  return {
    at: world.clock.iso(),
    provider,
    method: request.method,
    path: provider === 'polar' ? path.replace(/^\/polar/, '') : path,
    query: request.query,
    headers,
    body: request.body ?? null,
    status: null,
  };
}

async function playOutage(
  world: World,
  provider: ProviderName,
  answers: OutageAnswers,
  reply: FastifyReply,
): Promise<void> {
  switch (world.outages[provider]) {
    case 'none':
    case 'lost_response':
      return;
    case 'down':
      // A reset connection is what a dead host behind a balancer looks like to the SDK.
      reply.hijack();
      reply.raw.destroy();
      return;
    case 'timeout':
      // Hijacked and never answered: the caller's own timeout ends it, or the sandbox closing.
      reply.hijack();
      return;
    case 'error':
      await reply.code(503).send(answers.serverError());
      return;
    case 'rate_limited':
      await reply.code(429).header('retry-after', '1').send(answers.rateLimited());
  }
}
