import type Stripe from 'stripe';
import { z } from 'zod';
import { badRequest, missing, parseStripe } from './stripe-errors.js';

const seconds = z.coerce.number().int().min(0);
const range = z.strictObject({
  gt: seconds.optional(),
  gte: seconds.optional(),
  lt: seconds.optional(),
  lte: seconds.optional(),
});

const pageSchema = z.looseObject({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: z.union([seconds, range]).optional(),
});

/** Paging parameters every list takes; to be spread into a list's own strict schema. */
export const pageParams = {
  limit: z.string().optional(),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  expand: z.array(z.string()).optional(),
  created: z.unknown().optional(),
};

/**
 * One page of a list, newest first, with `has_more` as the SDK's auto-paging needs it.
 * @throws StripeApiError 400 on a limit outside 1 to 100 or an unknown cursor.
 */
export function listPage<T extends { id: string }>(
  oldestFirst: readonly T[],
  query: unknown,
  url: string,
): Stripe.ApiList<T> {
  const { limit, starting_after: after, ending_before: before, created } = parseStripe(pageSchema, query);
  if (after !== undefined && before !== undefined) {
    throw badRequest('You may only specify one of these parameters: starting_after, ending_before.');
  }
  const all = oldestFirst.filter((one) => isCreatedWithin(one, created)).toReversed();
  const cursor = after ?? before;
  const index = cursor === undefined ? -1 : all.findIndex((one) => one.id === cursor);
  if (cursor !== undefined && index < 0)
    throw missing('object', cursor, after === undefined ? 'ending_before' : 'starting_after');
  const from = before === undefined ? index + 1 : Math.max(0, index - limit);
  const to = before === undefined ? from + limit : index;
  const more = before === undefined ? to < all.length : from > 0;
  return { object: 'list', data: all.slice(from, to), has_more: more, url };
}

function isCreatedWithin(one: object, wanted: z.infer<typeof pageSchema>['created']): boolean {
  if (wanted === undefined) return true;
  const at = 'created' in one && typeof one.created === 'number' ? one.created : 0;
  if (typeof wanted === 'number') return at === wanted;
  const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = wanted;
  return at > gt && at >= gte && at < lt && at <= lte;
}
