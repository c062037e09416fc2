import type { models } from '@polar-sh/sdk/2026-10';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { invalid, notFound } from './polar-errors.js';
import { emitPolar } from './polar-events.js';
import type { PolarSubscriptionRecord } from './polar-state.js';

/** Who gets a seat. */
export interface SeatWish {
  email?: string | null | undefined;
  external_customer_id?: string | null | undefined;
  customer_id?: string | null | undefined;
  immediate_claim?: boolean | undefined;
  metadata?: Record<string, unknown> | null | undefined;
}

/** Seats of a subscription that are given to somebody, claimed or not. */
export function seatsOf(world: World, subscriptionId: string): models.CustomerSeat[] {
  return Object.values(world.state.polar.seats).filter(
    (seat) => seat.subscription_id === subscriptionId && seat.status !== 'revoked',
  );
}

/** How many seats stand in the way of a lower number. */
export function assignedSeats(world: World, subscriptionId: string): number {
  return seatsOf(world, subscriptionId).length;
}

/** Gives a seat to somebody. @throws PolarApiError 422 when none is left or the plan has none. */
export function assignSeat(
  world: World,
  record: PolarSubscriptionRecord,
  wish: SeatWish,
): models.CustomerSeat {
  const { id, seats: total } = record.subscription;
  const taken = seatsOf(world, id);
  if (taken.length >= (total ?? 0)) throw invalid(['body', 'subscription_id'], 'No seats are available.', id);
  const email = wish.email ?? null;
  if (email !== null && taken.some((seat) => seat.email === email))
    throw invalid(['body', 'email'], 'A seat is already assigned to this email.', email);
  const now = world.clock.iso();
  const claimed = wish.immediate_claim === true;
  const seat: models.CustomerSeat = {
    created_at: now,
    modified_at: null,
    id: uuid(),
    subscription_id: id,
    order_id: null,
    status: claimed ? 'claimed' : 'pending',
    customer_id: wish.customer_id ?? null,
    member_id: null,
    member: null,
    email,
    customer_email: email,
    invitation_token_expires_at: null,
    claimed_at: claimed ? now : null,
    revoked_at: null,
    seat_metadata: wish.metadata ?? null,
  };
  world.state.polar.seats[seat.id] = seat;
  emitPolar(world, 'customer_seat.assigned', seat);
  if (claimed) emitPolar(world, 'customer_seat.claimed', seat);
  return seat;
}

/** Takes a seat back. @throws PolarApiError 404. */
export function revokeSeat(world: World, id: string): models.CustomerSeat {
  const seat = lookup(world.state.polar.seats, id);
  if (seat === undefined) throw notFound();
  seat.status = 'revoked';
  seat.revoked_at = world.clock.iso();
  emitPolar(world, 'customer_seat.revoked', seat);
  return seat;
}
