import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage, pageParams } from './list.js';
import {
  priceCreateSchema,
  priceUpdateSchema,
  productCreateSchema,
  productUpdateSchema,
} from './stripe-catalog-schemas.js';
import { parseStripe } from './stripe-errors.js';
import { createStripePrice, stripePrice, updateStripePrice } from './stripe-price-write.js';
import { createStripeProduct, stripeProduct, updateStripeProduct } from './stripe-product-write.js';

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

/** Products and prices. */
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
    return expand(stripe, stripeProduct(world, params.id), parseStripe(byIdSchema, query).expand);
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
    return expand(stripe, stripePrice(world, params.id), parseStripe(byIdSchema, query).expand);
  });
  catalogWrites(app, world);
}

function catalogWrites(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  app.post('/products', ({ body }) => {
    const params = parseStripe(productCreateSchema, body);
    return expand(stripe, createStripeProduct(world, params), params.expand);
  });
  app.post<ById>('/products/:id', ({ params: { id }, body }) => {
    const params = parseStripe(productUpdateSchema, body);
    return expand(stripe, updateStripeProduct(world, stripeProduct(world, id), params), params.expand);
  });
  app.post('/prices', ({ body }) => {
    const params = parseStripe(priceCreateSchema, body);
    return expand(stripe, createStripePrice(world, params), params.expand);
  });
  app.post<ById>('/prices/:id', ({ params: { id }, body }) => {
    const params = parseStripe(priceUpdateSchema, body);
    return expand(stripe, updateStripePrice(world, stripePrice(world, id), params), params.expand);
  });
}
