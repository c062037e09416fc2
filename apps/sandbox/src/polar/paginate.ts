import type { models } from '@polar-sh/sdk/2026-10';
import { z } from 'zod';
import { parsePolar } from './polar-errors.js';

const pageSchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(10),
});

/**
 * One page of a list, as every Polar list answers.
 * @throws PolarApiError 422 on a page below 1 or a limit outside 1 to 100.
 */
export function paginate<T>(
  items: readonly T[],
  query: unknown,
): { items: T[]; pagination: models.Pagination } {
  const { page, limit } = parsePolar(pageSchema, query, 'query');
  return {
    items: items.slice((page - 1) * limit, page * limit),
    pagination: { total_count: items.length, max_page: Math.ceil(items.length / limit) },
  };
}
