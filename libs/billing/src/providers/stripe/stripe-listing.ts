import type Stripe from 'stripe';
import { SystemClock } from '@tollgate/kernel';
import type { SubscriptionFilter } from '../payment-provider.js';
import type { ProviderCalls } from '../provider-call.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asList, asReference, asText, at, isJsonObject } from '../tolerant-reader.js';
import type { StripeReader } from './stripe-reading.js';

const PAGE_SIZE = 100;
/** Types of events that a change of a subscription leaves behind. */
const CHANGES = [
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
];

type ReadPage = (after: { starting_after?: string }, timeout: number) => Promise<unknown>;

/** All items of a list, page after page, each page as a call of its own. */
export async function* walkStripePages(calls: ProviderCalls, read: ReadPage): AsyncGenerator {
  let after: { starting_after?: string } | null = {};
  while (after !== null) {
    const from: { starting_after?: string } = after;
    const page = await calls.repeatably(async (timeout) => {
      const told = await read(from, timeout);
      if (!Array.isArray(at(told, 'data'))) throw new ProviderUnavailableError('stripe');
      return told;
    });
    const items = asList(at(page, 'data'));
    yield* items;
    const last = asText(at(items.at(-1), 'id'));
    after = at(page, 'has_more') === true && last !== null ? { starting_after: last } : null;
  }
}

/**
 * Stripe's subscriptions in our words. It keeps its events for thirty days: what changed since an instant within them is
 * read there, one subscription at a time; for anything older all are walked.
 */
export class StripeListing {
  private readonly machine = new SystemClock();

  constructor(
    private readonly stripe: Stripe,
    private readonly calls: ProviderCalls,
    private readonly reader: StripeReader,
  ) {}

  /** @see PaymentProvider.listSubscriptions */
  async *list({ customerId, changedSince }: SubscriptionFilter): AsyncGenerator<ProviderSubscription> {
    if (changedSince === undefined || this.isForgotten(changedSince)) {
      yield* this.walk(customerId);
      return;
    }
    for await (const id of this.changedSince(changedSince)) {
      const found = await this.reader.find(id);
      const isWanted = customerId === undefined || found?.subscription.customerId === customerId;
      if (found !== null && isWanted) yield found.subscription;
    }
  }

  private isForgotten(since: Date): boolean {
    const EVENTS_KEPT_MILLISECONDS = 29 * 86_400_000;
    return since.getTime() < this.machine.now().getTime() - EVENTS_KEPT_MILLISECONDS;
  }

  private async *changedSince(since: Date): AsyncGenerator<string> {
    const created = { gte: Math.floor(since.getTime() / 1000) };
    const seen = new Set<string>();
    const events = walkStripePages(this.calls, (after, timeout) =>
      this.stripe.events.list({ types: CHANGES, created, limit: PAGE_SIZE, ...after }, { timeout }),
    );
    for await (const event of events) {
      const id = asText(at(event, 'data', 'object', 'id'));
      if (id === null || seen.has(id)) continue;
      seen.add(id);
      yield id;
    }
  }

  /** Stripe expands a list only so deep: the products are read once, and put in where only their ids stand. */
  private async *walk(customerId: string | undefined): AsyncGenerator<ProviderSubscription> {
    const expand = ['data.customer', 'data.latest_invoice'];
    const wanted = { status: 'all' as const, limit: PAGE_SIZE, expand };
    const products = await this.products();
    const pages = walkStripePages(this.calls, (after, timeout) =>
      this.stripe.subscriptions.list(
        { ...wanted, ...after, ...(customerId === undefined ? {} : { customer: customerId }) },
        { timeout },
      ),
    );
    for await (const item of pages) {
      const subscription = this.reader.toSubscription(withProducts(item, products));
      if (subscription !== null) yield subscription;
    }
  }

  private async products(): Promise<ReadonlyMap<string, unknown>> {
    const found = new Map<string, unknown>();
    const pages = walkStripePages(this.calls, (after, timeout) =>
      this.stripe.products.list({ limit: PAGE_SIZE, ...after }, { timeout }),
    );
    for await (const product of pages) found.set(asText(at(product, 'id')) ?? '', product);
    return found;
  }
}

/** A copy of a listed subscription whose prices hold their products, as a fetched one has them. */
function withProducts(listed: unknown, products: ReadonlyMap<string, unknown>): unknown {
  const items = asList(at(listed, 'items', 'data')).map((item) => {
    const price = at(item, 'price');
    const id = asReference(at(price, 'product')) ?? '';
    if (!isJsonObject(item) || !isJsonObject(price) || !products.has(id)) return item;
    return { ...item, price: { ...price, product: products.get(id) } };
  });
  return isJsonObject(listed) ? { ...listed, items: { data: items } } : listed;
}
