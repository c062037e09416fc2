import { z } from 'zod';
import { SUBSCRIPTION_STATUSES } from '@tollgate/billing';
import { untilSchema } from '../http/until.schemas.js';
import { pageQuery } from './page.js';
import { staffReason } from './staff-reason.js';

/** How a page of tenants is asked for. */
export const tenantQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(200).optional(),
  plan: z.string().min(1).max(64).optional(),
  status: z.enum(SUBSCRIPTION_STATUSES).optional(),
});

/** See {@link tenantQuery}. */
export type TenantQuery = z.infer<typeof tenantQuery>;

/** A plan given by staff; `until` is exclusive, null for no end. */
export const givePlanForm = z.strictObject({
  plan: z.string().min(1).max(64),
  reason: staffReason,
  until: untilSchema,
});

/** See {@link givePlanForm}. */
export type GivePlanForm = z.infer<typeof givePlanForm>;
