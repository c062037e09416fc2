import type { models } from '@polar-sh/sdk/2026-10';
import type { Metadata } from '../options.js';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { ORGANIZATION_ID } from './polar-catalog.js';
import { invalid, notFound } from './polar-errors.js';
import { emitCustomerState, emitPolar } from './polar-events.js';
import { revokeSubscription } from './polar-subscriptions.js';

/** What a customer is made of. */
export interface CustomerInput {
  email: string;
  external_id?: string | null | undefined;
  name?: string | null | undefined;
  metadata?: Metadata | undefined;
  locale?: string | null | undefined;
  type?: 'individual' | 'team' | undefined;
}

/** Customers that were not deleted, oldest first. */
export function liveCustomers(world: World): models.Customer[] {
  return Object.values(world.state.polar.customers).filter((customer) => customer.deleted_at === null);
}

/** @throws PolarApiError 404 when unknown or deleted. */
export function customerById(world: World, id: string): models.Customer {
  const customer = lookup(world.state.polar.customers, id);
  if (customer === undefined || customer.deleted_at !== null) throw notFound();
  return customer;
}

/** By the caller's own id; undefined when unknown or deleted. */
export function findExternal(world: World, externalId: string): models.Customer | undefined {
  return liveCustomers(world).find((customer) => customer.external_id === externalId);
}

/** @throws PolarApiError 404 when unknown or deleted. */
export function customerByExternalId(world: World, externalId: string): models.Customer {
  const customer = findExternal(world, externalId);
  if (customer === undefined) throw notFound();
  return customer;
}

/** @throws PolarApiError 422 when the e-mail or the external id is taken. */
export function createCustomer(world: World, input: CustomerInput): models.Customer {
  requireFree(world, input.email, input.external_id ?? null, null);
  const customer: models.Customer = {
    id: uuid(),
    created_at: world.clock.iso(),
    modified_at: null,
    metadata: { ...input.metadata },
    external_id: input.external_id ?? null,
    email: input.email,
    email_verified: false,
    type: input.type ?? 'individual',
    name: input.name ?? null,
    billing_name: input.name ?? null,
    billing_address: null,
    tax_id: null,
    locale: input.locale ?? null,
    organization_id: ORGANIZATION_ID,
    default_payment_method_id: null,
    deleted_at: null,
    first_user_event_at: null,
    avatar_url: null,
  };
  world.state.polar.customers[customer.id] = customer;
  emitPolar(world, 'customer.created', customer);
  return customer;
}

/** Sets what is given. @throws PolarApiError 422 on a taken e-mail, or on changing an external id once set. */
export function updateCustomer(
  world: World,
  customer: models.Customer,
  changes: { [K in keyof CustomerInput]?: CustomerInput[K] | null },
): models.Customer {
  const externalId = changes.external_id ?? undefined;
  if (externalId !== undefined && customer.external_id && customer.external_id !== externalId) {
    throw invalid(['body', 'external_id'], 'Customer external ID cannot be updated.', externalId);
  }
  requireFree(world, changes.email ?? null, externalId ?? null, customer.id);
  if (changes.email) customer.email = changes.email;
  if (externalId !== undefined) customer.external_id = externalId;
  if (changes.name !== undefined) customer.name = changes.name;
  if (changes.metadata) customer.metadata = { ...changes.metadata };
  if (changes.locale !== undefined) customer.locale = changes.locale;
  customer.modified_at = world.clock.iso();
  emitPolar(world, 'customer.updated', customer);
  emitCustomerState(world, customer.id);
  return customer;
}

/** Ends all subscriptions at once, frees the external id and forgets the customer. */
export function deleteCustomer(world: World, customer: models.Customer): void {
  for (const record of Object.values(world.state.polar.subscriptions)) {
    const { customer_id: owner, ended_at: endedAt } = record.subscription;
    if (owner === customer.id && endedAt === null) revokeSubscription(world, record);
  }
  customer.deleted_at = world.clock.iso();
  customer.modified_at = customer.deleted_at;
  const farewell = { ...customer };
  customer.external_id = null;
  emitPolar(world, 'customer.deleted', farewell);
}

function requireFree(
  world: World,
  email: string | null,
  externalId: string | null,
  except: string | null,
): void {
  for (const other of liveCustomers(world)) {
    if (other.id === except) continue;
    if (email !== null && other.email?.toLowerCase() === email.toLowerCase()) {
      throw invalid(['body', 'email'], 'A customer with this email address already exists.', email);
    }
    if (externalId !== null && other.external_id === externalId) {
      throw invalid(['body', 'external_id'], 'A customer with this external ID already exists.', externalId);
    }
  }
}
