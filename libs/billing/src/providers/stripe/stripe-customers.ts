import type Stripe from 'stripe';
import type { NewCustomer } from '../payment-provider.js';
import { callRepeatably } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { asList, asProviderId, asText, at } from '../tolerant-reader.js';
import { isKeyReused, stripeCalls, toStripeError } from './stripe-errors.mapper.js';

/** Stripe's search lags behind writes by up to a minute. */
const SEARCH_LAG_SECONDS = 60;
/** The only ids that are put into a search query; UUIDs are. */
const QUERYABLE = /^[\w:-]+$/;

/**
 * Makes sure that Stripe has one customer with our id in `metadata.owner_id`; returns Stripe's customer id.
 * The idempotency key unites calls of the last 24 hours, the search finds what is older than its lag: together they
 * leave no gap.
 */
export async function ensureStripeCustomer(stripe: Stripe, customer: NewCustomer): Promise<string> {
  const known = await findByOwner(stripe, customer.ownerId);
  if (known !== null) return known;
  const created = await callRepeatably(stripeCalls, (timeout) => create(stripe, customer, timeout));
  const id = created ?? (await findByOwner(stripe, customer.ownerId));
  if (id === null) throw new ProviderUnavailableError('stripe', SEARCH_LAG_SECONDS);
  return id;
}

/** Null when the key was used with another e-mail or name: then the customer exists, and the search will tell it. */
async function create(stripe: Stripe, customer: NewCustomer, timeout: number): Promise<string | null> {
  const { ownerId, email, name } = customer;
  const params = { email, ...(name === null ? {} : { name }), metadata: { owner_id: ownerId } };
  try {
    const answer = await stripe.customers.create(params, { idempotencyKey: `customer:${ownerId}`, timeout });
    return requireId(answer);
  } catch (error) {
    if (isKeyReused(error)) return null;
    throw error;
  }
}

async function findByOwner(stripe: Stripe, ownerId: string): Promise<string | null> {
  if (!QUERYABLE.test(ownerId)) throw new ProviderRefusedError('stripe', 'owner_id_invalid');
  const query = `metadata['owner_id']:'${ownerId}'`;
  const page = await callRepeatably(stripeCalls, (timeout) => search(stripe, query, timeout));
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

function requireId(answer: unknown): string {
  const id = asProviderId(at(answer, 'id'));
  if (id === null) throw new ProviderUnavailableError('stripe');
  return id;
}
