import type { Polar } from '@polar-sh/sdk/2026-10';
import type { NewCustomer } from '../payment-provider.js';
import type { ProviderCalls } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { readById } from '../read-by-id.js';
import { asList, asText, at } from '../tolerant-reader.js';
import { isNoSuchId, polarStatus, within } from './polar-errors.mapper.js';

/**
 * Makes sure that Polar knows this owner as a customer with our id as `external_id`; returns Polar's customer id.
 * Polar has no idempotency keys: the duplicate that it refuses with 422 is looked up instead.
 */
export async function ensurePolarCustomer(
  polar: Polar,
  calls: ProviderCalls,
  customer: NewCustomer,
): Promise<string> {
  const created = await createUnlessKnown(polar, calls, customer);
  const found =
    created ??
    (await findByOwner(polar, calls, customer.ownerId)) ??
    (await adoptByEmail(polar, calls, customer));
  const id = asText(at(found, 'id'));
  if (id === null) throw new ProviderUnavailableError('polar');
  return id;
}

/** Null when Polar refuses the new customer (422), mostly because e-mail or external id are taken. */
async function createUnlessKnown(
  polar: Polar,
  calls: ProviderCalls,
  { ownerId, email, name }: NewCustomer,
): Promise<unknown> {
  return calls.once(async (milliseconds) => {
    try {
      const body = { external_id: ownerId, email, ...(name === null ? {} : { name }) };
      return await polar.customers.create(body, within(milliseconds));
    } catch (error) {
      if (polarStatus(error) === 422) return null;
      throw error;
    }
  });
}

async function findByOwner(polar: Polar, calls: ProviderCalls, ownerId: string): Promise<unknown> {
  const read = (milliseconds: number): Promise<unknown> =>
    polar.customers.getExternal(ownerId, within(milliseconds));
  return readById(calls, ownerId, read, (error) => polarStatus(error) === 404);
}

/**
 * The customer with this e-mail, linked to our owner, if nobody else's id stands on it. An external id is for ever:
 * one that belongs to another owner is never taken over.
 */
async function adoptByEmail(
  polar: Polar,
  calls: ProviderCalls,
  { ownerId, email }: NewCustomer,
): Promise<unknown> {
  const page = await calls.repeatably((milliseconds) =>
    polar.customers.list({ email, limit: 100 }, within(milliseconds)),
  );
  const hasEmail = (one: unknown): boolean => asText(at(one, 'email'))?.toLowerCase() === email.toLowerCase();
  const same = asList(at(page, 'items')).find(hasEmail);
  if (same === undefined) throw new ProviderRefusedError('polar', 'customer_invalid');
  const id = asText(at(same, 'id'));
  if (id === null || asText(at(same, 'external_id')) !== null) {
    throw new ProviderRefusedError('polar', 'customer_taken', { providerCode: 'customer_email_taken' });
  }
  return calls.repeatably((milliseconds) =>
    polar.customers.update(id, { external_id: ownerId }, within(milliseconds)),
  );
}

/** The customer of an order; null when Polar knows no such order. */
export async function payerOfPolarOrder(
  polar: Polar,
  calls: ProviderCalls,
  orderId: string,
): Promise<string | null> {
  const read = (milliseconds: number): Promise<unknown> => polar.orders.get(orderId, within(milliseconds));
  return asText(at(await readById(calls, orderId, read, isNoSuchId), 'customer_id'));
}

/** Whether Polar has this customer; one that was deleted is unknown to it. */
export async function isPolarCustomer(
  polar: Polar,
  calls: ProviderCalls,
  customerId: string,
): Promise<boolean> {
  const read = (milliseconds: number): Promise<unknown> =>
    polar.customers.get(customerId, within(milliseconds));
  return (await readById(calls, customerId, read, isNoSuchId)) !== null;
}
