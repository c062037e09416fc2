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
