import { z } from 'zod';
import { changeForm, pauseForm } from '../account/checkout-form.js';
import { staffReason } from './staff-reason.js';

/** A change of a tenant's subscription, and why. */
export const staffChangeForm = changeForm.extend({ reason: staffReason });

/** See {@link staffChangeForm}. */
export type StaffChangeForm = z.infer<typeof staffChangeForm>;

/** What is to happen to a tenant's subscription, and why. */
export const staffLifeForm = z.discriminatedUnion('what', [
  z.strictObject({
    what: z.enum(['cancel', 'undo_cancel', 'resume', 'revoke', 'revoke_change']),
    reason: staffReason,
  }),
  pauseForm.extend({ what: z.literal('pause'), reason: staffReason }),
]);

/** See {@link staffLifeForm}. */
export type StaffLifeForm = z.infer<typeof staffLifeForm>;
