import type { models } from '@polar-sh/sdk/2026-10';
import { z } from 'zod';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { ORGANIZATION_ID } from './polar-catalog.js';
import { notFound } from './polar-errors.js';
import { metadataSchema, text } from './polar-schemas.js';

const clauseSchema = z.object({
  property: text,
  operator: z.enum(['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'like', 'not_like']),
  value: z.union([z.string(), z.number(), z.boolean()]),
});

/** `POST /v1/meters/`. Clauses are played one level deep, as the dashboard makes them. */
export const meterCreateSchema = z.object({
  name: text.min(3),
  filter: z.object({ conjunction: z.enum(['and', 'or']), clauses: z.array(clauseSchema) }),
  aggregation: z.discriminatedUnion('func', [
    z.object({ func: z.literal('count') }),
    z.object({ func: z.literal('unique'), property: text }),
    z.object({ func: z.enum(['sum', 'max', 'min', 'avg']), property: text }),
  ]),
  metadata: metadataSchema.optional(),
});

/** Makes a meter; it counts what was ingested before, too. */
export function createMeter(world: World, input: z.infer<typeof meterCreateSchema>): models.Meter {
  const meter: models.Meter = {
    metadata: { ...input.metadata },
    created_at: world.clock.iso(),
    modified_at: null,
    id: uuid(),
    name: input.name,
    unit: 'scalar',
    custom_label: null,
    custom_multiplier: null,
    filter: input.filter,
    aggregation: input.aggregation,
    organization_id: ORGANIZATION_ID,
    archived_at: null,
  };
  world.state.polar.meters[meter.id] = meter;
  return meter;
}

/** @throws PolarApiError 404. */
export function meterById(world: World, id: string): models.Meter {
  const meter = lookup(world.state.polar.meters, id);
  if (meter === undefined) throw notFound();
  return meter;
}
