import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage, pageParams } from './list.js';
import { missing, parseStripe } from './stripe-errors.js';

interface ById {
  Params: { id: string };
}

const flag = z.enum(['true', 'false']).optional();
const byIdSchema = z.looseObject({ expand: z.array(z.string()).optional() });
const productQuery = z.strictObject({ active: flag, ids: z.array(z.string()).optional(), ...pageParams });
const priceQuery = z.strictObject({
  active: flag,
  currency: z.string().optional(),
  product: z.string().optional(),
  type: z.enum(['recurring', 'one_time']).optional(),
  lookup_keys: z.array(z.string()).max(10).optional(),
  recurring: z.unknown().optional(),
  ...pageParams,
});

/** Products and prices, read only. */
export function catalogRoutes(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  app.get('/products', ({ query }) => {
    const wanted = parseStripe(productQuery, query);
    const found = Object.values(stripe.products).filter(
      (one) =>
        (wanted.active === undefined || String(one.active) === wanted.active) &&
        (wanted.ids === undefined || wanted.ids.includes(one.id)),
    );
    return expand(stripe, listPage(found, query, '/v1/products'), wanted.expand);
  });
  app.get<ById>('/products/:id', ({ params, query }) => {
    const product = lookup(stripe.products, params.id);
    if (product === undefined) throw missing('product', params.id);
    return expand(stripe, product, parseStripe(byIdSchema, query).expand);
  });
  app.get('/prices', ({ query }) => {
    const wanted = parseStripe(priceQuery, query);
    const found = Object.values(stripe.prices).filter(
      (one) =>
        (wanted.active === undefined || String(one.active) === wanted.active) &&
        (wanted.product === undefined || one.product === wanted.product) &&
        (wanted.currency === undefined || one.currency === wanted.currency) &&
        (wanted.type === undefined || one.type === wanted.type) &&
        (wanted.lookup_keys === undefined || wanted.lookup_keys.includes(one.lookup_key ?? '')),
    );
    return expand(stripe, listPage(found, query, '/v1/prices'), wanted.expand);
  });
  app.get<ById>('/prices/:id', ({ params, query }) => {
    const price = lookup(stripe.prices, params.id);
    if (price === undefined) throw missing('price', params.id, 'price');
    return expand(stripe, price, parseStripe(byIdSchema, query).expand);
  });
}
