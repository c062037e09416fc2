import type { GivePlanRequest } from '../../api/staff-api.js';
import { endOfLocalDay } from '../../format/dates.js';

/** What the dialog's fields hold; a field never touched is undefined or null. */
export interface GivePlanFields {
  plan?: string | null;
  untilDay?: string | null;
  reason?: string | null;
}

/** The request out of filled-in fields; a last day counts to its end in the reader's time zone. */
export function givePlanRequest({ plan, untilDay, reason }: GivePlanFields): GivePlanRequest {
  return { plan: plan ?? '', reason: reason?.trim() ?? '', until: untilDay ? endOfLocalDay(untilDay) : null };
}
