import { z } from 'zod';

/** Why staff do something: kept in the audit. */
export const staffReason = z.string().trim().min(3).max(500);
