import type { Polar } from '@polar-sh/sdk/2026-10';
import type { SubscriptionFilter } from '../payment-provider.js';
import type { ProviderCalls } from '../provider-call.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asCount, asList, at } from '../tolerant-reader.js';
import { within } from './polar-errors.mapper.js';
import { toPolarSubscription } from './polar-subscription.mapper.js';

const PAGE_SIZE = 100;

/** One page of any of Polar's lists. */
type ReadPage = (page: number, milliseconds: number) => Promise<unknown>;

/**
 * All items of a list, page after page, each page as a call of its own. The SDK's own iterator would neither bound nor
 * repeat a single page.
 */
export async function* walkPolarPages(calls: ProviderCalls, read: ReadPage): AsyncGenerator {
  for (let page = 1, last = 1; page <= last; page += 1) {
    const answer = await calls.repeatably(async (milliseconds) => {
      const told = await read(page, milliseconds);
      if (!Array.isArray(at(told, 'items'))) throw new ProviderUnavailableError('polar');
      return told;
    });
    yield* asList(at(answer, 'items'));
    last = asCount(at(answer, 'pagination', 'max_page')) ?? 0;
  }
}

/**
 * Polar's subscriptions in our words. Polar has no filter by time of change: the pages are walked as a whole, and what
 * neither changed nor reached an edge since is left out. An object that cannot be identified is passed over.
 */
export async function* listPolarSubscriptions(
  polar: Polar,
  calls: ProviderCalls,
  { customerId, changedSince }: SubscriptionFilter,
): AsyncGenerator<ProviderSubscription> {
  const wanted = { limit: PAGE_SIZE, ...(customerId === undefined ? {} : { customer_id: customerId }) };
  const pages = walkPolarPages(calls, (page, milliseconds) =>
    polar.subscriptions.list({ ...wanted, page, sorting: ['started_at'] }, within(milliseconds)),
  );
  for await (const item of pages) {
    const subscription = toPolarSubscription(item);
    if (subscription !== null && isTouchedSince(subscription, changedSince)) yield subscription;
  }
}

/** A pending change does not move `modified_at`, and a period begins without one in older versions: both count. */
function isTouchedSince(subscription: ProviderSubscription, since: Date | undefined): boolean {
  if (since === undefined || subscription.pendingChange !== null) return true;
  const { modifiedAt, currentPeriodStart, startedAt, endedAt } = subscription;
  const known = [modifiedAt, currentPeriodStart, startedAt, endedAt].filter((one) => one !== null);
  return known.length === 0 || known.some((one) => one >= since);
}
