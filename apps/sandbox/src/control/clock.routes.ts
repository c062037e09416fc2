import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Timeline } from '../clock/timeline.js';
import type { Courier, DeliveryCount } from '../webhooks/courier.js';
import type { World } from '../world.js';
import { parseControl } from './control-errors.js';

const amount = z.number().min(0).max(10_000).default(0);
const moveSchema = z
  .strictObject({
    now: z.iso.datetime({ offset: true }).optional(),
    /** How far to go from where the clock stands, instead of an instant. */
    advance: z.strictObject({ days: amount, hours: amount, minutes: amount, seconds: amount }).optional(),
    freeze: z.boolean().default(false),
  })
  .refine(
    ({ now, advance }) => now === undefined || advance === undefined,
    'Give `now` or `advance`, not both',
  );

/** Where a move ends (ms); undefined stays where the clock is. */
function targetOf({ now, advance }: z.infer<typeof moveSchema>, from: number): number | undefined {
  if (now !== undefined) return Date.parse(now);
  if (advance === undefined) return undefined;
  const { days, hours, minutes, seconds } = advance;
  return from + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

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
    const move = parseControl(moveSchema, body);
    return answer(await timeline.travel(targetOf(move, world.clock.nowMs()), move.freeze));
  });
}
