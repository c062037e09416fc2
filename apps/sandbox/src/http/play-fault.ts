import type { FastifyReply } from 'fastify';
import type { ProviderName } from '../options.js';
import type { OutageMode, World } from '../world.js';
import { meets, type ApiFault } from './api-fault.js';
import type { LoggedRequest } from './request-log.js';

/** How a provider words "come back later" and "our fault". */
export interface OutageAnswers {
  rateLimited(): unknown;
  serverError(): unknown;
}

/** Takes the first planned fault that the call meets; a plan used up is gone. */
export function takeFault(world: World, call: LoggedRequest): ApiFault | undefined {
  const fault = world.faults.find((one) => meets(one, call));
  if (fault === undefined) return undefined;
  if (fault.skip > 0) {
    fault.skip -= 1;
    return undefined;
  }
  fault.times -= 1;
  if (fault.times === 0) world.faults.splice(world.faults.indexOf(fault), 1);
  return fault;
}

/** The fault a whole provider's outage comes to. */
export function outageFault(provider: ProviderName, mode: OutageMode): ApiFault | undefined {
  if (mode === 'none') return undefined;
  const common = { id: 'outage', provider, path: '/**', times: 1, skip: 0, delayMs: 0, status: 503 };
  return { ...common, mode, ...(mode === 'rate_limited' ? { retryAfter: 1 } : {}) };
}

/** Plays a fault's first half: what happens before the provider's rules are asked. */
export async function playFault(fault: ApiFault, answers: OutageAnswers, reply: FastifyReply): Promise<void> {
  if (fault.retryAfter !== undefined) reply.header('retry-after', String(fault.retryAfter));
  switch (fault.mode) {
    case 'lost_response':
      return;
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
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
      await reply.code(fault.status).send(answers.serverError());
      return;
    case 'status':
      await reply.code(fault.status).send(fault.body ?? answers.serverError());
      return;
    case 'rate_limited':
      await reply.code(429).send(answers.rateLimited());
  }
}
