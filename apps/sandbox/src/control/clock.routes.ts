import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Timeline } from '../clock/timeline.js';
import type { Courier, DeliveryCount } from '../webhooks/courier.js';
import type { World } from '../world.js';
import { parseControl } from './control-errors.js';

const moveSchema = z.strictObject({
  now: z.iso.datetime({ offset: true }).optional(),
  freeze: z.boolean().default(false),
});

/** What the clock routes answer. `failed` counts attempts of this move; what will be tried again is in `pending`. */
export interface ClockAnswer extends DeliveryCount {
  now: string;
  frozen: boolean;
  pending: number;
}

/** Reads the virtual clock, and moves it: the answer comes when everything due on the way has happened and was sent. */
export function clockRoutes(app: FastifyInstance, world: World, timeline: Timeline, courier: Courier): void {
  const answer = (count: DeliveryCount): ClockAnswer => ({
    now: world.clock.iso(),
    frozen: world.clock.frozen,
    pending: courier.pending(),
    ...count,
  });
  app.get('/clock', () => answer({ delivered: 0, failed: 0 }));
  app.put('/clock', async ({ body }) => {
    const { now, freeze } = parseControl(moveSchema, body);
    return answer(await timeline.travel(now === undefined ? undefined : Date.parse(now), freeze));
  });
}
