import type Stripe from 'stripe';
import type { NewCustomer } from '../payment-provider.js';
import type { ProviderCalls } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { readById } from '../read-by-id.js';
import { asList, asProviderId, asReference, asText, at } from '../tolerant-reader.js';
import { isKeyReused, isMissing, toStripeError } from './stripe-errors.mapper.js';

/** Stripe's search lags behind writes by up to a minute. */
const SEARCH_LAG_SECONDS = 60;
/** How many customers of one owner may be deleted within a day. */
const MOST_DELETED = 5;
/** The only ids that are put into a search query; UUIDs are. */
const QUERYABLE = /^[\w:-]+$/;

/**
 * Makes sure that Stripe has one customer with our id in `metadata.owner_id`; returns Stripe's customer id.
 * The idempotency key unites calls of the last 24 hours, the search finds what is older than its lag: together they
 * leave no gap.
 */
export async function ensureStripeCustomer(
  stripe: Stripe,
  calls: ProviderCalls,
  customer: NewCustomer,
): Promise<string> {
  const known = await findByOwner(stripe, calls, customer.ownerId);
  if (known !== null) return known;
  const created = await createOnce(stripe, calls, customer);
  const id = created ?? (await findByOwner(stripe, calls, customer.ownerId));
  if (id === null) throw new ProviderUnavailableError('stripe', SEARCH_LAG_SECONDS);
  return id;
}

/**
 * Stripe repeats its answer to a key for a day, also when the customer of that answer was deleted meanwhile: so the answer
 * is looked up, and the customer after a deleted one is a wish of its own, with a key that names them.
 */
async function createOnce(
  stripe: Stripe,
  calls: ProviderCalls,
  customer: NewCustomer,
): Promise<string | null> {
  let key = `customer:${customer.ownerId}`;
  for (let tries = 0; tries < MOST_DELETED; tries += 1) {
    const intentKey = key;
    const created = await calls.repeatably((timeout) => create(stripe, customer, intentKey, timeout));
    if (created === null || (await isStripeCustomer(stripe, calls, created))) return created;
    key = `customer:${customer.ownerId}:after:${created}`;
  }
  return null;
}

/** Null when the key was used with another e-mail or name: then the customer exists, and the search will tell it. */
async function create(
  stripe: Stripe,
  { ownerId, email, name }: NewCustomer,
  idempotencyKey: string,
  timeout: number,
): Promise<string | null> {
  const params = { email, ...(name === null ? {} : { name }), metadata: { owner_id: ownerId } };
  try {
    const id = asProviderId(at(await stripe.customers.create(params, { idempotencyKey, timeout }), 'id'));
    if (id === null) throw new ProviderUnavailableError('stripe');
    return id;
  } catch (error) {
    if (isKeyReused(error)) return null;
    throw error;
  }
}

async function findByOwner(stripe: Stripe, calls: ProviderCalls, ownerId: string): Promise<string | null> {
  if (!QUERYABLE.test(ownerId))
    throw new ProviderRefusedError('stripe', 'invalid', { providerCode: 'owner_id_invalid' });
  const query = `metadata['owner_id']:'${ownerId}'`;
  const page = await calls.repeatably((timeout) => search(stripe, query, timeout));
  const isOurs = (one: unknown): boolean => asText(at(one, 'metadata', 'owner_id')) === ownerId;
  return asProviderId(at(asList(at(page, 'data')).find(isOurs), 'id'));
}

/** Search is not offered to accounts of every country; where it is refused, the idempotency key stands alone. */
async function search(stripe: Stripe, query: string, timeout: number): Promise<unknown> {
  try {
    return await stripe.customers.search({ query, limit: 10 }, { timeout });
  } catch (error) {
    if (toStripeError(error) instanceof ProviderRefusedError) return null;
    throw error;
  }
}

/** The customer of a charge; null when Stripe knows no such charge, or it was made without a customer. */
export async function payerOfStripeCharge(
  stripe: Stripe,
  calls: ProviderCalls,
  chargeId: string,
): Promise<string | null> {
  const read = (timeout: number): Promise<unknown> => stripe.charges.retrieve(chargeId, {}, { timeout });
  return asReference(at(await readById(calls, chargeId, read, isMissing), 'customer'));
}

/** Whether Stripe has this customer; one that was deleted is still told of, with `deleted`. */
export async function isStripeCustomer(
  stripe: Stripe,
  calls: ProviderCalls,
  customerId: string,
): Promise<boolean> {
  const read = (timeout: number): Promise<unknown> => stripe.customers.retrieve(customerId, {}, { timeout });
  const found = await readById(calls, customerId, read, isMissing);
  return found !== null && at(found, 'deleted') !== true;
}
