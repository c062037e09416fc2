import type Stripe from 'stripe';
import { prefixed, secretToken } from '../state/ids.js';
import type { World } from '../world.js';
import { stripeCustomer } from './stripe-customers.js';
import { portalConfiguration } from './stripe-portal-configurations.js';

/** A portal link for the customer. @throws StripeApiError 404 on an unknown customer or configuration. */
export function createPortalSession(
  world: World,
  params: { customer: string; return_url?: string | undefined; configuration?: string | undefined },
): Stripe.BillingPortal.Session {
  const customer = stripeCustomer(world, params.customer, 'customer');
  const configuration = portalConfiguration(world, params.configuration ?? 'bpc_sandbox_default');
  const token = secretToken('bps');
  const session: Stripe.BillingPortal.Session = {
    id: prefixed('bps'),
    object: 'billing_portal.session',
    configuration: configuration.id,
    created: world.clock.seconds(),
    customer: customer.id,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: params.return_url ?? configuration.default_return_url,
    url: `${world.url()}/portal/${token}`,
  };
  world.state.stripe.portals[token] = { token, session };
  return session;
}
