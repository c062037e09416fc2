import type Stripe from 'stripe';
import { prefixed } from '../state/ids.js';
import { emit } from '../webhooks/emit.js';
import type { World } from '../world.js';

/** API version in which events are rendered. */
export const STRIPE_API_VERSION = '2026-10-28.endive';

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
  const envelope: Omit<Stripe.EventBase, 'data' | 'type'> = {
    id,
    object: 'event',
    api_version: STRIPE_API_VERSION,
    created: world.clock.seconds(),
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
  };
  emit(world, 'stripe', { id, type, body: JSON.stringify({ ...envelope, type, data }) });
  return id;
}
