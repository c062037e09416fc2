import { z } from 'zod';
import { SUBSCRIPTION_STATUSES } from '@tollgate/billing';
import { untilSchema } from './until.schemas.js';

const LARGEST_PAGE = 100;

/** How a page of tenants is asked for; `after` is the cursor that the page before answered. */
export const tenantQuery = z.strictObject({
  // Digits only: numbers have other spellings (`0x10`, `1e2`, ` 1`) that nobody means.
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(LARGEST_PAGE))
    .default(25),
  after: z.uuid().optional(),
  q: z.string().trim().min(1).max(200).optional(),
  plan: z.string().min(1).max(64).optional(),
  status: z.enum(SUBSCRIPTION_STATUSES).optional(),
});

/** See {@link tenantQuery}. */
export type TenantQuery = z.infer<typeof tenantQuery>;

/** A plan given by staff; `until` is exclusive, null for no end. */
export const givePlanForm = z.strictObject({
  plan: z.string().min(1).max(64),
  reason: z.string().trim().min(3).max(500),
  until: untilSchema,
});

/** See {@link givePlanForm}. */
export type GivePlanForm = z.infer<typeof givePlanForm>;
