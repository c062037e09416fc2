import { z } from 'zod';

/** The last instant whose ISO spelling has four digits for the year; an offset can lead past it. */
const LAST_INSTANT_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The exclusive end of a grant or a pause: an ISO instant up to the year 9999 in UTC, null for no end. */
export const untilSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) <= LAST_INSTANT_MS, 'Lies beyond the year 9999')
  .nullable()
  .default(null);
