import type { Polar } from '@polar-sh/sdk/2026-10';
import type { NewCustomer } from '../payment-provider.js';
import { callOnce, callRepeatably } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { asList, asText, at } from '../tolerant-reader.js';
import { polarCalls, polarStatus, within } from './polar-errors.mapper.js';

/**
 * Makes sure that Polar knows this owner as a customer with our id as `external_id`; returns Polar's customer id.
 * Polar has no idempotency keys: the duplicate that it refuses with 422 is looked up instead.
 */
export async function ensurePolarCustomer(polar: Polar, customer: NewCustomer): Promise<string> {
  const created = await createUnlessKnown(polar, customer);
  const found =
    created ?? (await findByOwner(polar, customer.ownerId)) ?? (await adoptByEmail(polar, customer));
  const id = asText(at(found, 'id'));
  if (id === null) throw new ProviderUnavailableError('polar');
  return id;
}

/** Null when Polar refuses the new customer (422), mostly because e-mail or external id are taken. */
async function createUnlessKnown(polar: Polar, { ownerId, email, name }: NewCustomer): Promise<unknown> {
  return callOnce(polarCalls, async (milliseconds) => {
    try {
      const body = { external_id: ownerId, email, ...(name === null ? {} : { name }) };
      return await polar.customers.create(body, within(milliseconds));
    } catch (error) {
      if (polarStatus(error) === 422) return null;
      throw error;
    }
  });
}

async function findByOwner(polar: Polar, ownerId: string): Promise<unknown> {
  return callRepeatably(polarCalls, async (milliseconds) => {
    try {
      return await polar.customers.getExternal(ownerId, within(milliseconds));
    } catch (error) {
      if (polarStatus(error) === 404) return null;
      throw error;
    }
  });
}

/**
 * The customer with this e-mail, linked to our owner, if nobody else's id stands on it. An external id is for ever:
 * one that belongs to another owner is never taken over.
 */
async function adoptByEmail(polar: Polar, { ownerId, email }: NewCustomer): Promise<unknown> {
  const page = await callRepeatably(polarCalls, (milliseconds) =>
    polar.customers.list({ email, limit: 100 }, within(milliseconds)),
  );
  const hasEmail = (one: unknown): boolean => asText(at(one, 'email'))?.toLowerCase() === email.toLowerCase();
  const same = asList(at(page, 'items')).find(hasEmail);
  if (same === undefined) throw new ProviderRefusedError('polar', 'customer_invalid');
  const id = asText(at(same, 'id'));
  if (id === null || asText(at(same, 'external_id')) !== null) {
    throw new ProviderRefusedError('polar', 'customer_email_taken');
  }
  return callRepeatably(polarCalls, (milliseconds) =>
    polar.customers.update(id, { external_id: ownerId }, within(milliseconds)),
  );
}
