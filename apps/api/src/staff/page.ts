import { z } from 'zod';

const LARGEST_PAGE = 100;

/** How a page is asked for; `after` is the cursor that the page before answered. */
export const pageQuery = z.strictObject({
  // Digits only: numbers have other spellings (`0x10`, `1e2`, ` 1`) that nobody means.
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(LARGEST_PAGE))
    .default(25),
  after: z.uuid().optional(),
});

/** Where a page ends, and whether another follows. */
export interface PageInfo {
  readonly hasNextPage: boolean;
  /** What the next page is asked for by; null on an empty page. */
  readonly endCursor: string | null;
}

/** The page in what was found by asking for one row more than `limit`; `cursorOf` names a row for the next page. */
export function pageOf<Row>(
  found: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { readonly page: readonly Row[]; readonly pageInfo: PageInfo } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    page,
    pageInfo: {
      hasNextPage: found.length > page.length,
      endCursor: last === undefined ? null : cursorOf(last),
    },
  };
}
