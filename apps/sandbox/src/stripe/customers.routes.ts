import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { World } from '../world.js';
import { listPage, pageParams } from './list.js';
import {
  createStripeCustomer,
  deleteStripeCustomer,
  isDeleted,
  stripeCustomer,
  updateStripeCustomer,
} from './stripe-customers.js';
import { parseStripe } from './stripe-errors.js';
import { customerSchema } from './stripe-schemas.js';

interface ById {
  Params: { id: string };
}

const querySchema = z.strictObject({ email: z.string().optional(), ...pageParams });
const searchSchema = z.looseObject({ query: z.string() });

/** Customers. */
export function customerRoutes(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  const live = () => Object.values(stripe.customers).filter((one) => !isDeleted(world, one.id));
  app.get('/customers', ({ query }) => {
    const { email } = parseStripe(querySchema, query);
    return listPage(
      live().filter((one) => email === undefined || one.email === email),
      query,
      '/v1/customers',
    );
  });
  app.get('/customers/search', ({ query }) => {
    const wanted = parseStripe(searchSchema, query).query;
    const found = live().filter((one) => matchesSearch(wanted, one.email, one.metadata));
    return {
      object: 'search_result',
      data: found.toReversed(),
      has_more: false,
      next_page: null,
      url: '/v1/customers/search',
    };
  });
  app.post('/customers', ({ body }) => createStripeCustomer(world, parseStripe(customerSchema, body)));
  app.get<ById>('/customers/:id', ({ params }) =>
    isDeleted(world, params.id)
      ? { id: params.id, object: 'customer', deleted: true }
      : stripeCustomer(world, params.id),
  );
  app.post<ById>('/customers/:id', ({ params, body }) => {
    const customer = stripeCustomer(world, params.id);
    updateStripeCustomer(world, customer, parseStripe(customerSchema, body));
    return customer;
  });
  app.delete<ById>('/customers/:id', ({ params }) =>
    deleteStripeCustomer(world, stripeCustomer(world, params.id)),
  );
}

// Of Stripe's search language only equality: email:'x' and metadata['k']:'v', joined by AND.
function matchesSearch(query: string, email: string | null, metadata: Record<string, string>): boolean {
  return query.split(/\s+AND\s+/i).every((clause) => {
    const match = /^(?:(email)|metadata\[['"](.+?)['"]\])\s*:\s*['"](.*)['"]$/.exec(clause.trim());
    if (match === null) return false;
    const [, isEmail, key = '', value] = match;
    return (isEmail === undefined ? metadata[key] : email) === value;
  });
}
