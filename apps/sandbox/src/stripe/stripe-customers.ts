import type Stripe from 'stripe';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { missing } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import { cancelNow } from './stripe-subscriptions.js';

/** What a customer may be given; metadata keys with an empty value are taken away. */
export interface CustomerParams {
  email?: string | undefined;
  name?: string | undefined;
  description?: string | undefined;
  phone?: string | undefined;
  metadata?: Stripe.Metadata | undefined;
}

/** Creates a customer; Stripe does not mind two with one e-mail. */
export function createStripeCustomer(world: World, params: CustomerParams): Stripe.Customer {
  const customer: Stripe.Customer = {
    id: prefixed('cus'),
    object: 'customer',
    address: null,
    balance: 0,
    created: world.clock.seconds(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: params.description || null,
    discount: null,
    email: params.email || null,
    invoice_prefix: null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name || null,
    phone: params.phone || null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  };
  world.state.stripe.customers[customer.id] = customer;
  emitStripe(world, 'customer.created', customer);
  return customer;
}

/** Sets what is given; an empty string unsets. */
export function updateStripeCustomer(world: World, customer: Stripe.Customer, params: CustomerParams): void {
  if (params.email !== undefined) customer.email = params.email || null;
  if (params.name !== undefined) customer.name = params.name || null;
  if (params.description !== undefined) customer.description = params.description || null;
  if (params.phone !== undefined) customer.phone = params.phone || null;
  customer.metadata = mergeMetadata(customer.metadata, params.metadata);
  emitStripe(world, 'customer.updated', customer);
}

/** @throws StripeApiError 404 when unknown or deleted. */
export function stripeCustomer(world: World, id: string, param?: string): Stripe.Customer {
  const customer = lookup(world.state.stripe.customers, id);
  if (customer === undefined || isDeleted(world, id)) throw missing('customer', id, param);
  return customer;
}

/** True for a customer that was and is no more. */
export function isDeleted(world: World, id: string): boolean {
  return world.state.stripe.deletedCustomers.includes(id);
}

/** Ends the customer's subscriptions at once and forgets the customer. */
export function deleteStripeCustomer(world: World, customer: Stripe.Customer): Stripe.DeletedCustomer {
  for (const record of Object.values(world.state.stripe.subscriptions)) {
    const { customer: owner, ended_at: endedAt } = record.subscription;
    if (owner === customer.id && endedAt === null) cancelNow(world, record);
  }
  world.state.stripe.deletedCustomers.push(customer.id);
  emitStripe(world, 'customer.deleted', customer);
  return { id: customer.id, object: 'customer', deleted: true };
}

/** Metadata after an update: given keys are set, keys given as empty are removed, others stay. */
export function mergeMetadata(before: Stripe.Metadata, given: Stripe.Metadata | undefined): Stripe.Metadata {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== ''));
}
