import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { notFound, parsePolar } from './polar-errors.js';

const oneOrMore = z.union([z.string(), z.array(z.string())]).optional();
const querySchema = z.object({
  id: oneOrMore,
  query: z.string().optional(),
  is_archived: z.enum(['true', 'false']).optional(),
  is_recurring: z.enum(['true', 'false']).optional(),
});

/** Products with their prices. */
export function catalogRoutes(app: FastifyInstance, world: World): void {
  app.get('/v1/products/', (request) => {
    const wanted = parsePolar(querySchema, request.query, 'query');
    const ids = wanted.id === undefined ? undefined : [wanted.id].flat();
    const matching = Object.values(world.state.polar.products).filter(
      (one) =>
        (ids === undefined || ids.includes(one.id)) &&
        (wanted.query === undefined || one.name.toLowerCase().includes(wanted.query.toLowerCase())) &&
        (wanted.is_archived === undefined || String(one.is_archived) === wanted.is_archived) &&
        (wanted.is_recurring === undefined || String(one.is_recurring) === wanted.is_recurring),
    );
    return paginate(matching, request.query);
  });
  app.get<{ Params: { id: string } }>('/v1/products/:id', ({ params }) => {
    const product = lookup(world.state.polar.products, params.id);
    if (product === undefined) throw notFound();
    return product;
  });
}
