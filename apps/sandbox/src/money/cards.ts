import type { World } from '../world.js';
import type { CardRefusals } from './money-state.js';

/**
 * Asks the card once. A counted refusal is used up by being given; one subscription's own failing card
 * (`ownCardFails`) refuses for as long as it fails.
 */
export function cardRefuses(world: World, customerId: string, ownCardFails: boolean): boolean {
  if (ownCardFails) return true;
  const { cards } = world.state;
  const left = cards[customerId] ?? 0;
  if (left === 'all') return true;
  if (left <= 0) return false;
  cards[customerId] = left - 1;
  return true;
}

/** True while the card would refuse whatever it is asked, without asking it. */
export function cardIsDead(world: World, customerId: string, ownCardFails: boolean): boolean {
  return ownCardFails || world.state.cards[customerId] === 'all';
}

/** From now on the card refuses this many charges, or all of them. */
export function breakCard(world: World, customerId: string, refusals: CardRefusals): void {
  world.state.cards[customerId] = refusals;
}

/** The card works again. */
export function mendCard(world: World, customerId: string): void {
  delete world.state.cards[customerId];
}
