import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HABITS } from '../habits.js';
import type { ProviderName } from '../options.js';
import type { World } from '../world.js';
import type { ApiFault } from './api-fault.js';
import { CallLimit } from './call-limit.js';
import { outageFault, playFault, takeFault, type OutageAnswers } from './play-fault.js';
import type { LoggedRequest } from './request-log.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The log entry of a provider call; its status is filled in when the answer goes out. */
    logged: LoggedRequest | null;
    /** What was planned to go wrong with it. */
    fault: ApiFault | null;
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

/** Logs every call of one provider's API and plays that provider's outage, before any of its rules are asked. */
export function addProviderHooks(
  app: FastifyInstance,
  world: World,
  provider: ProviderName,
  answers: OutageAnswers,
): void {
  const limit = new CallLimit();
  app.decorateRequest('logged', null);
  app.decorateRequest('fault', null);
  app.addHook('preValidation', async (request, reply) => {
    request.logged = describe(world, provider, request);
    world.requests.add(request.logged);
    const wait = limit.take(world, HABITS[provider].callsPerMinute(world.settings));
    if (wait !== null) {
      await reply.code(429).header('retry-after', String(wait)).send(answers.rateLimited());
      return;
    }
    request.fault =
      takeFault(world, request.logged) ?? outageFault(provider, world.outages[provider]) ?? null;
    if (request.fault !== null) await playFault(request.fault, answers, reply);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.fault?.mode === 'lost_response') reply.raw.destroy();
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
  const { pathPrefix } = HABITS[provider];
  return {
    at: world.clock.iso(),
    provider,
    method: request.method,
    path: path.startsWith(pathPrefix) ? path.slice(pathPrefix.length) : path,
    query: request.query,
    headers,
    body: request.body ?? null,
    status: null,
  };
}
