import { z } from 'zod';
import { untilSchema } from '../http/until.schemas.js';
import { limitSchema } from './catalog/catalog-form.schemas.js';
import { staffReason } from './staff-reason.js';

/**
 * An exception: off, on (a flag), or on with a limit (-1: unlimited). `until` is exclusive, null for no end.
 */
export const makeOverrideForm = z
  .strictObject({
    feature: z.string().min(1).max(64),
    enabled: z.boolean(),
    limit: limitSchema.nullable().default(null),
    until: untilSchema,
    reason: staffReason,
  })
  .refine(({ enabled, limit }) => enabled || limit === null, {
    path: ['limit'],
    message: 'What is off has no limit',
  });

/** See {@link makeOverrideForm}. */
export type MakeOverrideForm = z.infer<typeof makeOverrideForm>;

/** Why an exception ends before its time. */
export const endOverrideForm = z.strictObject({ reason: staffReason });

/** See {@link endOverrideForm}. */
export type EndOverrideForm = z.infer<typeof endOverrideForm>;
