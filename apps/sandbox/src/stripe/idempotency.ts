import type { FastifyInstance } from 'fastify';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { StripeApiError } from './stripe-errors.js';

const KEPT_MS = 24 * 60 * 60_000;

interface Answer {
  fingerprint: string;
  status: number;
  payload: string;
  at: number;
}

/**
 * Replays the first answer to a repeated `Idempotency-Key` for a day; the same key with other parameters is 400
 * `idempotency_error`. Refusals of malformed requests are not remembered.
 */
export function rememberIdempotencyKeys(app: FastifyInstance, world: World): void {
  const answers: Record<string, Answer> = {};
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || typeof key !== 'string') return;
    const known = lookup(answers, key);
    if (known === undefined || world.clock.nowMs() - known.at > KEPT_MS) return;
    if (known.fingerprint !== fingerprintOf(request)) {
      throw new StripeApiError(400, {
        type: 'idempotency_error',
        message:
          'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      });
    }
    await reply
      .code(known.status)
      .header('idempotent-replayed', 'true')
      .type('application/json')
      .send(known.payload);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const key = request.headers['idempotency-key'];
    const executed = reply.statusCode < 300 || reply.statusCode === 402;
    if (request.method === 'POST' && typeof key === 'string' && executed && typeof payload === 'string') {
      const answer = {
        fingerprint: fingerprintOf(request),
        status: reply.statusCode,
        payload,
        at: world.clock.nowMs(),
      };
      if (lookup(answers, key) === undefined || isStale(answers[key], world)) answers[key] = answer;
    }
    return payload;
  });
}

function isStale(answer: Answer | undefined, world: World): boolean {
  return answer === undefined || world.clock.nowMs() - answer.at > KEPT_MS;
}

function fingerprintOf(request: { method: string; url: string; body: unknown }): string {
  return JSON.stringify([request.method, request.url, request.body]);
}
