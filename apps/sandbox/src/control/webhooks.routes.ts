import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Timeline } from '../clock/timeline.js';
import { PROVIDERS } from '../options.js';
import { SandboxRefusal, type StandIn } from '../stand-in.js';
import type { Courier } from '../webhooks/courier.js';
import type { WebhookRecord } from '../webhooks/webhook-record.js';
import type { World } from '../world.js';
import { parseControl } from './control-errors.js';

// `true` and `false` are read as always and never.
const chance = z.union([z.boolean().transform(Number), z.number().min(0).max(1)]).optional();
const behaviourSchema = z.strictObject({
  shuffle: z.boolean().optional(),
  duplicate: chance,
  drop: chance,
  delaySeconds: z.number().min(0).optional(),
  breakSignature: z.boolean().optional(),
  timeoutMs: z.int().min(1).max(60_000).optional(),
});
const emitSchema = z.strictObject({
  provider: z.enum(PROVIDERS),
  type: z.string().min(1),
  data: z.unknown(),
});

/** Looks at the events sent, sends them again, and makes their delivery worse or better. */
export function webhookRoutes(
  app: FastifyInstance,
  world: World,
  parts: { standIns: readonly StandIn[]; timeline: Timeline; courier: Courier },
): void {
  const { courier, standIns, timeline } = parts;
  app.get('/webhooks', () => ({
    behaviour: world.behaviour,
    events: world.state.webhooks.map(readable),
  }));
  app.put('/webhooks', ({ body }) => {
    const given = Object.entries(parseControl(behaviourSchema, body)).filter(
      ([, value]) => value !== undefined,
    );
    return Object.assign(world.behaviour, Object.fromEntries(given));
  });
  app.post<{ Params: { id: string } }>('/webhooks/:id/replay', async ({ params }) => {
    const event = world.state.webhooks.find((one) => one.id === params.id);
    if (event === undefined) throw new SandboxRefusal(404, 'There is no such event.');
    courier.replay(event);
    await timeline.settle();
    return readable(event);
  });
  app.post('/webhooks/flush', async () => ({
    ...(await timeline.flush()),
    pending: courier.pending(),
  }));
  app.post('/webhooks/emit', ({ body }, reply) => {
    const { provider, type, data } = parseControl(emitSchema, body);
    const standIn = standIns.find((one) => one.provider === provider);
    reply.code(201);
    return { id: standIn?.emitAny(type, data) };
  });
}

function readable({ body, ...event }: WebhookRecord): unknown {
  const payload: unknown = JSON.parse(body);
  return { ...event, payload };
}
