import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FormFields } from '../http/form-body.js';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage, pageParams } from './list.js';
import { createStripeCheckout } from './stripe-checkout-create.js';
import { sessionLines } from './stripe-checkout-view.js';
import { expireStripeCheckout, stripeCheckout } from './stripe-checkouts.js';
import { parseStripe } from './stripe-errors.js';

interface ById {
  Params: { id: string };
}

const expandSchema = z.looseObject({ expand: z.array(z.string()).optional() });
const querySchema = z.strictObject({
  customer: z.string().optional(),
  status: z.string().optional(),
  subscription: z.string().optional(),
  ...pageParams,
});

/** Checkout sessions: made here, paid on the hosted page. */
export function checkoutRoutes(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  app.post<{ Body: FormFields | undefined }>('/checkout/sessions', ({ body }) => {
    const { session } = createStripeCheckout(world, body ?? {});
    return expand(stripe, session, parseStripe(expandSchema, body).expand);
  });
  app.get('/checkout/sessions', ({ query }) => {
    const wanted = parseStripe(querySchema, query);
    const found = Object.values(stripe.checkouts)
      .map((record) => record.session)
      .filter(
        (one) =>
          (wanted.customer === undefined || one.customer === wanted.customer) &&
          (wanted.status === undefined || one.status === wanted.status) &&
          (wanted.subscription === undefined || one.subscription === wanted.subscription),
      );
    return expand(stripe, listPage(found, query, '/v1/checkout/sessions'), wanted.expand);
  });
  app.get<ById>('/checkout/sessions/:id', ({ params, query }) =>
    expand(stripe, stripeCheckout(world, params.id).session, parseStripe(expandSchema, query).expand),
  );
  app.get<ById>('/checkout/sessions/:id/line_items', ({ params }) => {
    const record = stripeCheckout(world, params.id);
    return sessionLines(stripe, record.session.id);
  });
  app.post<ById>('/checkout/sessions/:id/expire', ({ params }) => {
    const record = stripeCheckout(world, params.id);
    expireStripeCheckout(world, record);
    return record.session;
  });
}
