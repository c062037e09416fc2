import { SandboxRefusal, type DirectSale } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { isDeleted } from './stripe-customers.js';
import { beginStripeSubscription } from './stripe-subscription-begin.js';

/** Begins a subscription without a checkout, as if sold elsewhere; answers its id. @throws SandboxRefusal 404. */
export function sellStripe(world: World, sale: DirectSale): string {
  const { customers, prices } = world.state.stripe;
  const customer = Object.values(customers).find(
    (one) => !isDeleted(world, one.id) && (one.id === sale.customer || one.email === sale.customer),
  );
  if (customer === undefined) throw new SandboxRefusal(404, 'There is no such Stripe customer.');
  const sellable = world.options.catalog.find((one) => one.key === sale.sellable);
  const price = lookup(prices, sellable?.stripePriceId);
  if (price === undefined) throw new SandboxRefusal(404, 'There is no such sellable.');
  const record = beginStripeSubscription(world, {
    customerId: customer.id,
    lines: [{ price: structuredClone(price), quantity: sale.seats ?? 1 }],
    trialDays: sale.trialDays ?? 0,
    metadata: { ...sale.metadata },
    managedPayments: false,
  });
  return record.subscription.id;
}
