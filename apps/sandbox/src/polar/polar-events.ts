import type { models, webhooks } from '@polar-sh/sdk/2026-10';
import { uuid } from '../state/ids.js';
import { emit } from '../webhooks/emit.js';
import type { World } from '../world.js';
import type { PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';
import { showCustomerState, showOrder, showSubscription } from './polar-view.js';

type EventType = webhooks.WebhookPayload['type'];
type SubscriptionEvent = Extract<EventType, `subscription.${string}`>;
type OrderEvent = Extract<EventType, `order.${string}`>;

/** Sends an event of any type, known to the SDK or not, and answers its `webhook-id`. */
export function emitPolar(world: World, type: string, data: unknown): string {
  const timestamp = world.clock.isoMicros();
  return emit(world, 'polar', {
    type,
    idFor: () => uuid(),
    // Between the versions played here nothing but the version's own name differs.
    render: (_id, version) => JSON.stringify({ type, timestamp, api_version: version, data }),
  });
}

/** Sends subscription events, all with the same data, as Polar does. */
export function emitSubscription(
  world: World,
  record: PolarSubscriptionRecord,
  ...types: SubscriptionEvent[]
): void {
  const data = showSubscription(world.state.polar, record);
  for (const type of types) emitPolar(world, type, data);
}

/** Sends order events. */
export function emitOrder(world: World, order: StoredPolarOrder, ...types: OrderEvent[]): void {
  const data = showOrder(world.state.polar, order);
  for (const type of types) emitPolar(world, type, data);
}

/** Sends what the customer holds now. */
export function emitCustomerState(world: World, customerId: string): void {
  const customer = world.state.polar.customers[customerId];
  if (customer !== undefined)
    emitPolar(world, 'customer.state_changed', showCustomerState(world.state.polar, customer));
}

/** Sends a checkout event. */
export function emitCheckout(
  world: World,
  checkout: models.Checkout,
  type: Extract<EventType, `checkout.${string}`>,
): void {
  emitPolar(world, type, checkout);
}
