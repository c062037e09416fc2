import { SandboxRefusal, type DirectSale } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { liveCustomers } from './polar-customers.js';
import { beginSubscription } from './polar-subscriptions.js';

const DAY_MS = 86_400_000;

/** Begins a subscription without a checkout, as if sold elsewhere; answers its id. @throws SandboxRefusal 404. */
export function sellPolar(world: World, sale: DirectSale): string {
  const customer = liveCustomers(world).find(
    (one) => one.id === sale.customer || one.email === sale.customer || one.external_id === sale.customer,
  );
  if (customer === undefined) throw new SandboxRefusal(404, 'There is no such Polar customer.');
  const sellable = world.options.catalog.find((one) => one.key === sale.sellable);
  const product = lookup(world.state.polar.products, sellable?.polarProductId);
  if (product === undefined) throw new SandboxRefusal(404, 'There is no such sellable.');
  const trialEnd = sale.trialDays
    ? new Date(world.clock.nowMs() + sale.trialDays * DAY_MS).toISOString()
    : null;
  const record = beginSubscription(world, {
    customer,
    product,
    seats: sale.seats ?? null,
    trialEnd,
    checkoutId: null,
    metadata: { ...sale.metadata },
  });
  return record.subscription.id;
}
