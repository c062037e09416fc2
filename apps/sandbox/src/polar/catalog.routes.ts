import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { parsePolar } from './polar-errors.js';
import { hasMetadata, names, says, sortedBy } from './polar-filters.js';
import { productCreateSchema, productUpdateSchema } from './polar-product-schemas.js';
import { createProduct, productById, updateProduct } from './polar-products.js';

interface ById {
  Params: { id: string };
}

const oneOrMore = z.union([z.string(), z.array(z.string())]).optional();
const flag = z.enum(['true', 'false']).optional();
const querySchema = z.looseObject({
  id: oneOrMore,
  query: z.string().optional(),
  is_archived: flag,
  is_recurring: flag,
  visibility: oneOrMore,
  sorting: oneOrMore,
});

/** Products with their prices. */
export function catalogRoutes(app: FastifyInstance, world: World): void {
  app.get('/v1/products/', (request) => {
    const wanted = parsePolar(querySchema, request.query, 'query');
    const { query } = wanted;
    const matching = Object.values(world.state.polar.products).filter(
      (one) =>
        names(wanted.id, one.id) &&
        names(wanted.visibility, one.visibility) &&
        (query === undefined || one.name.toLowerCase().includes(query.toLowerCase())) &&
        says(wanted.is_archived, one.is_archived) &&
        says(wanted.is_recurring, one.is_recurring) &&
        hasMetadata(wanted, one.metadata),
    );
    const sorted = sortedBy(matching, wanted.sorting, {
      created_at: (one) => one.created_at,
      name: (one) => one.name,
    });
    return paginate(sorted, request.query);
  });
  app.post('/v1/products/', (request, reply) => {
    reply.code(201);
    return createProduct(world, parsePolar(productCreateSchema, request.body, 'body'));
  });
  app.get<ById>('/v1/products/:id', ({ params }) => productById(world, params.id));
  app.patch<ById>('/v1/products/:id', ({ params, body }) =>
    updateProduct(world, productById(world, params.id), parsePolar(productUpdateSchema, body, 'body')),
  );
}
