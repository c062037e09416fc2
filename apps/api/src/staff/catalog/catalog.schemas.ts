import { z } from 'zod';
import { staffReason } from '../staff-reason.js';
import { catalogFormSchema } from './catalog-form.schemas.js';

const LARGEST_PAGE = 100;

const reason = staffReason.meta({ examples: ['Pro gets 60 exports from December'] });
const revision = z.int().min(1).max(2_147_483_647).meta({
  description: 'The revision that you saw; another one means that somebody changed the draft since',
});

// Digits only: numbers have other spellings (`0x10`, `1e2`, ` 1`) that nobody means.
const digits = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number);

/** A page of versions; `before` is the last number that the page before showed. */
export const versionsQuery = z.strictObject({
  limit: digits.pipe(z.int().max(LARGEST_PAGE)).default(25),
  before: digits.optional(),
});

/** See {@link versionsQuery}. */
export type VersionsQuery = z.infer<typeof versionsQuery>;

/** Which later version to compare with. */
export const compareQuery = z.strictObject({ to: digits });

/** See {@link compareQuery}. */
export type CompareQuery = z.infer<typeof compareQuery>;

/** A new draft; without a catalog it begins with what is in force. */
export const beginDraftForm = z.strictObject({ catalog: catalogFormSchema.optional(), reason });

/** See {@link beginDraftForm}. */
export type BeginDraftForm = z.infer<typeof beginDraftForm>;

/** A whole catalog in the place of the draft's; `base` brings a stale draft up to date. */
export const replaceDraftForm = z.strictObject({
  catalog: catalogFormSchema,
  revision,
  base: z
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional()
    .meta({ description: 'The current version, when the draft is to be based on it from now on' }),
  reason,
});

/** See {@link replaceDraftForm}. */
export type ReplaceDraftForm = z.infer<typeof replaceDraftForm>;

/** Publishing or discarding a draft. */
export const closeDraftForm = z.strictObject({ revision, reason });

/** See {@link closeDraftForm}. */
export type CloseDraftForm = z.infer<typeof closeDraftForm>;
