import type { Sellable } from '../options.js';
import { productFor } from '../polar/polar-catalog.js';
import { stripePriceFor, stripeProductFor } from '../stripe/stripe-catalog.js';
import type { World } from '../world.js';

/** Puts every catalog entry on sale; one already there is left alone unless its entry was edited meanwhile. */
export function seedCatalog(world: World): void {
  const { catalog, polar, stripe } = world.state;
  for (const sellable of world.options.catalog) {
    if (JSON.stringify(catalog[sellable.key]) === JSON.stringify(sellable)) continue;
    catalog[sellable.key] = sellable;
    polar.products[sellable.polarProductId] = productFor(sellable, world.clock.iso());
    stripe.prices[sellable.stripePriceId] = stripePriceFor(sellable, world.clock.seconds());
    if (namesProduct(world.options.catalog, sellable)) {
      stripe.products[sellable.stripeProductId] = stripeProductFor(sellable, world.clock.seconds());
    }
  }
}

// Two intervals of a plan share one Stripe product: the first entry names it, the other only adds a price.
function namesProduct(catalog: readonly Sellable[], sellable: Sellable): boolean {
  return catalog.find((one) => one.stripeProductId === sellable.stripeProductId) === sellable;
}
