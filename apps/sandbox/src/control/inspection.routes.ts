import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PROVIDERS } from '../options.js';
import { OUTAGE_MODES, type World } from '../world.js';
import { parseControl } from './control-errors.js';

const outageSchema = z.strictObject({ provider: z.enum(PROVIDERS), mode: z.enum(OUTAGE_MODES) });

/** Shows what the providers know and were asked, and takes them down. */
export function inspectionRoutes(app: FastifyInstance, world: World): void {
  app.get('/requests', () => ({ requests: world.requests.all() }));
  app.delete('/requests', (_request, reply) => {
    world.requests.clear();
    return reply.code(204).send();
  });
  app.get('/state', () => ({ polar: world.state.polar, stripe: world.state.stripe }));
  app.get('/outage', () => world.outages);
  app.put('/outage', ({ body }) => {
    const { provider, mode } = parseControl(outageSchema, body);
    world.outages[provider] = mode;
    return world.outages;
  });
}
