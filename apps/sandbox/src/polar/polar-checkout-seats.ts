import type { models } from '@polar-sh/sdk/2026-10';
import { SandboxRefusal } from '../stand-in.js';
import type { World } from '../world.js';
import { amountOf, pricesIn, seatPriceOf } from './polar-amounts.js';
import { emitCheckout } from './polar-events.js';

/** The buyer chooses the number of seats. @throws SandboxRefusal when closed, without seats, or outside the bounds. */
export function chooseCheckoutSeats(world: World, checkout: models.Checkout, seats: number): void {
  if (checkout.status !== 'open') throw new SandboxRefusal(410, 'This checkout is no longer open.');
  const prices = checkout.product ? pricesIn(checkout.product, checkout.currency) : [];
  const price = seatPriceOf(prices);
  if (price === undefined) throw new SandboxRefusal(422, 'This plan is not sold by seat.');
  const least = Math.max(price.seat_tiers.minimum_seats, checkout.min_seats ?? 1);
  const most = Math.min(price.seat_tiers.maximum_seats ?? Infinity, checkout.max_seats ?? Infinity);
  if (!Number.isInteger(seats) || seats < least || seats > most)
    throw new SandboxRefusal(422, `Please choose between ${least} and ${most} seats.`);
  const amount = amountOf(prices, seats);
  checkout.seats = seats;
  checkout.amount = amount;
  checkout.net_amount = amount;
  checkout.total_amount = amount;
  checkout.modified_at = world.clock.iso();
  emitCheckout(world, checkout, 'checkout.updated');
}
