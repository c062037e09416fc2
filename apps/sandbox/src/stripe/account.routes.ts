import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import type { World } from '../world.js';
import { missing } from './stripe-errors.js';

/** The one account this stand-in has. */
export const ACCOUNT_ID = 'acct_sandbox';

/** The account that a key belongs to. */
export function accountRoutes(app: FastifyInstance, _world: World): void {
  const account: Stripe.Account = {
    id: ACCOUNT_ID,
    object: 'account',
    charges_enabled: true,
    country: 'US',
    default_currency: 'usd',
    details_submitted: true,
    email: 'seller@example.com',
    payouts_enabled: true,
    type: 'standard',
  };
  app.get('/account', () => account);
  app.get<{ Params: { id: string } }>('/accounts/:id', ({ params }) => {
    if (params.id !== ACCOUNT_ID) throw missing('account', params.id);
    return account;
  });
}
