import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { totalsOf } from '../money/ledger.js';
import { PROVIDERS } from '../options.js';
import { OUTAGE_MODES, type World } from '../world.js';
import { parseControl } from './control-errors.js';

const outageSchema = z.strictObject({ provider: z.enum(PROVIDERS), mode: z.enum(OUTAGE_MODES) });

const limit = z.int().min(1).nullable().optional();
const settingsSchema = z.strictObject({
  polarAllowsMultipleSubscriptions: z.boolean().optional(),
  polarDunningEnd: z.enum(['canceled', 'unpaid']).optional(),
  polarProration: z.enum(['invoice', 'prorate', 'next_period', 'reset']).optional(),
  stripeDunningEnd: z.enum(['canceled', 'unpaid', 'past_due']).optional(),
  polarCallsPerMinute: limit,
  stripeCallsPerMinute: limit,
});

/** Shows what the providers know and were asked, and takes them down. */
export function inspectionRoutes(app: FastifyInstance, world: World): void {
  app.get('/requests', () => ({ requests: world.requests.all() }));
  app.delete('/requests', (_request, reply) => {
    world.requests.clear();
    return reply.code(204).send();
  });
  app.get<{ Querystring: { customer?: string; subscription?: string } }>('/money', ({ query }) => {
    const { customer, subscription } = query;
    const entries = world.state.money.filter(
      (one) =>
        (customer === undefined || one.customer === customer) &&
        (subscription === undefined || one.subscription === subscription),
    );
    return { entries, totals: totalsOf(entries) };
  });
  app.delete('/money', (_request, reply) => {
    world.state.money.length = 0;
    return reply.code(204).send();
  });
  app.get('/settings', () => world.settings);
  app.put('/settings', ({ body }) => {
    const given = Object.entries(parseControl(settingsSchema, body)).filter(
      ([, value]) => value !== undefined,
    );
    return Object.assign(world.settings, Object.fromEntries(given));
  });
  app.get('/state', () => ({ polar: world.state.polar, stripe: world.state.stripe }));
  app.get('/outage', () => world.outages);
  app.put('/outage', ({ body }) => {
    const { provider, mode } = parseControl(outageSchema, body);
    world.outages[provider] = mode;
    return world.outages;
  });
}
