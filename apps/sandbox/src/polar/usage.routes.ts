import type { models } from '@polar-sh/sdk/2026-10';
import type { FastifyInstance } from 'fastify';
import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { parsePolar } from './polar-errors.js';
import { ingestSchema } from './polar-schemas.js';
import type { PolarUsageEvent } from './polar-state.js';

/** Usage events: immutable, counted once per `external_id`, never refused for being too many. */
export function usageRoutes(app: FastifyInstance, world: World): void {
  app.post('/v1/events/ingest', (request): models.EventsIngestResponse => {
    const { events } = parsePolar(ingestSchema, request.body, 'body');
    const { usage } = world.state.polar;
    const seen = new Set(usage.flatMap((event) => event.external_id ?? []));
    const fresh: PolarUsageEvent[] = [];
    for (const event of events) {
      if (event.external_id && seen.has(event.external_id)) continue;
      if (event.external_id) seen.add(event.external_id);
      fresh.push({
        id: uuid(),
        name: event.name,
        external_id: event.external_id ?? null,
        external_customer_id: event.external_customer_id ?? null,
        customer_id: event.customer_id ?? null,
        timestamp: event.timestamp ?? world.clock.iso(),
        metadata: { ...event.metadata },
      });
    }
    usage.push(...fresh);
    return { inserted: fresh.length, duplicates: events.length - fresh.length };
  });
}
