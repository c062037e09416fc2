import type Stripe from 'stripe';
import { prefixed } from '../state/ids.js';
import { emit } from '../webhooks/emit.js';
import type { World } from '../world.js';
import { stripeHabits } from './stripe-habits.js';
import { asOfVersion, previousAsOfVersion } from './stripe-older-versions.js';
import type { StoredStripeEvent } from './stripe-state.js';

const KEPT_EVENTS = 10_000;
const KEPT_SECONDS = 30 * 86_400;

/** The types this stand-in sends of its own accord: only names the SDK knows. */
export type StripeEventType = Extract<
  Stripe.Event.Type,
  | 'checkout.session.completed'
  | 'checkout.session.expired'
  | 'customer.created'
  | 'customer.updated'
  | 'customer.deleted'
  | 'customer.subscription.created'
  | 'customer.subscription.updated'
  | 'customer.subscription.deleted'
  | 'customer.subscription.trial_will_end'
  | 'customer.subscription.paused'
  | 'customer.subscription.resumed'
  | 'customer.subscription.pending_update_applied'
  | 'customer.subscription.pending_update_expired'
  | 'charge.refunded'
  | 'charge.dispute.created'
  | 'charge.dispute.closed'
  | 'refund.created'
  | 'invoice.voided'
  | 'invoice.marked_uncollectible'
  | 'invoice.payment_action_required'
  | 'checkout.session.async_payment_succeeded'
  | 'checkout.session.async_payment_failed'
  | 'product.created'
  | 'price.created'
  | 'invoice.created'
  | 'invoice.finalized'
  | 'invoice.paid'
  | 'invoice.payment_succeeded'
  | 'invoice.payment_failed'
  | 'price.updated'
  | 'product.updated'
>;

/** Sends an event of a known type. `previous` holds the old values of what an update changed. */
export function emitStripe(world: World, type: StripeEventType, object: unknown, previous?: object): string {
  return emitStripeAny(
    world,
    type,
    previous === undefined ? { object } : { object, previous_attributes: previous },
  );
}

/** Sends an event of any type, known to the SDK or not, and answers its id. */
export function emitStripeAny(world: World, type: string, data: unknown): string {
  const id = prefixed('evt');
  const created = world.clock.seconds();
  remember(world, { ...envelopeOf(id, created, stripeHabits.apiVersion), type, data: structuredClone(data) });
  return emit(world, 'stripe', {
    type,
    idFor: () => id,
    render: (_id, version) =>
      JSON.stringify({ ...envelopeOf(id, created, version), type, data: dataAsOf(data, version) }),
  });
}

function envelopeOf(id: string, created: number, version: string): Omit<Stripe.EventBase, 'data' | 'type'> {
  return {
    id,
    object: 'event',
    api_version: version,
    created,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
  };
}

// Stripe lists the events of the last thirty days.
function remember(world: World, event: StoredStripeEvent): void {
  const { events } = world.state.stripe;
  events.push(event);
  const oldest = events[0];
  if (events.length > KEPT_EVENTS || (oldest !== undefined && event.created - oldest.created > KEPT_SECONDS))
    events.shift();
}

function dataAsOf(data: unknown, version: string): unknown {
  if (typeof data !== 'object' || data === null || !('object' in data)) return data;
  const previous: unknown = 'previous_attributes' in data ? data.previous_attributes : undefined;
  return {
    ...data,
    object: asOfVersion(data.object, version),
    ...(previous === undefined ? {} : { previous_attributes: previousAsOfVersion(previous, version) }),
  };
}
