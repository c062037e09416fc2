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
    stripe.products[sellable.stripeProductId] = {
      ...stripeProductFor(sellable, world.clock.seconds()),
      ...onlyDefaultPrice(stripe.products[sellable.stripeProductId]?.default_price),
    };
  }
}

// The first interval of a plan stays its product's default price.
function onlyDefaultPrice(price: unknown): { default_price?: string } {
  return typeof price === 'string' ? { default_price: price } : {};
}
