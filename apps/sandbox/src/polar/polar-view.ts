import type { models } from '@polar-sh/sdk/2026-10';
import { customerMeter } from './polar-customer-meter.js';
import { notFound } from './polar-errors.js';
import type { PolarState, PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';

/** Statuses under which Polar lists a subscription in the customer's state. */
export const ACTIVE_STATUSES: readonly models.SubscriptionStatus[] = ['trialing', 'active'];

/** The SDK names a generator clash here; the real values are subscription statuses. */
type StateSubscription = Omit<models.CustomerStateSubscription, 'status'> & {
  status: models.SubscriptionStatus;
};

/** A customer's state as the API answers it. */
export type ShownCustomerState = models.Customer & {
  active_subscriptions: StateSubscription[];
  granted_benefits: models.CustomerStateBenefitGrant[];
  active_meters: models.CustomerStateMeter[];
};

/** A subscription with its customer and product as they are now. @throws PolarApiError 404 when one is gone. */
export function showSubscription(state: PolarState, record: PolarSubscriptionRecord): models.Subscription {
  const customer = state.customers[record.subscription.customer_id];
  const product = state.products[record.subscription.product_id];
  if (customer === undefined || product === undefined) throw notFound();
  return { ...record.subscription, customer, product };
}

/** An order with what belongs to it. */
export function showOrder(state: PolarState, order: StoredPolarOrder): models.Order {
  const customer = state.customers[order.customer_id];
  if (customer === undefined) throw notFound();
  const product = order.product_id === null ? undefined : state.products[order.product_id];
  const record = order.subscription_id === null ? undefined : state.subscriptions[order.subscription_id];
  return { ...order, customer, product: product ?? null, subscription: record?.subscription ?? null };
}

/** What a customer may use now: active and trialing subscriptions only, so a past-due one is missing here. */
export function showCustomerState(state: PolarState, customer: models.Customer): ShownCustomerState {
  const active = Object.values(state.subscriptions)
    .map((record) => record.subscription)
    .filter((one) => one.customer_id === customer.id && ACTIVE_STATUSES.includes(one.status));
  return {
    ...customer,
    active_subscriptions: active.map((one) => ({ ...one, seats: one.seats ?? null, meters: [] })),
    granted_benefits: [],
    active_meters: Object.values(state.meters).flatMap((meter) => {
      const counted = customerMeter(state, customer, meter);
      return counted === undefined ? [] : [counted];
    }),
  };
}
