import type { Subscription, SubscriptionStatus, TenantRow } from '../api/staff-api.js';
import { formatDay } from '../format/dates.js';

/** What is known of a tenant's standing; the list knows less than the page. */
type Standing = Pick<TenantRow, 'status' | 'cancelAt' | 'currentPeriodEnd'> &
  Partial<Pick<Subscription, 'trialEnd' | 'graceUntil' | 'pause'>>;

/** How good the news is, as a colour of the theme. */
export type Tone = 'success' | 'info' | 'warning' | 'error' | 'default';

const plainWords: Record<SubscriptionStatus, string> = {
  active: 'Active',
  trialing: 'Trial',
  past_due: 'Payment past due',
  unpaid: 'Unpaid, no paid access',
  incomplete: 'First payment not finished',
  incomplete_expired: 'First payment never finished',
  paused: 'Paused, no paid access',
  canceled: 'Cancelled, paid access ended',
};

const tones: Record<SubscriptionStatus, Tone> = {
  active: 'success',
  trialing: 'info',
  past_due: 'warning',
  unpaid: 'error',
  incomplete: 'warning',
  incomplete_expired: 'default',
  paused: 'default',
  canceled: 'default',
};

/** Every status with its plain words, for a filter. */
export const statusChoices = Object.entries({ ...plainWords, canceled: 'Cancelled, ended' }).map(
  ([id, name]) => ({ id, name }),
);

/** The status as support would say it, with the date that matters in the reader's notation. */
export function statusWords(standing: Standing): string {
  const { status, cancelAt, currentPeriodEnd, trialEnd, graceUntil, pause } = standing;
  const trialOver = trialEnd ?? currentPeriodEnd;
  if (cancelAt && (status === 'active' || status === 'trialing'))
    return `Cancelled, access until ${formatDay(cancelAt)}`;
  if (status === 'active' && pause?.beginsAt) return `Active, pauses on ${formatDay(pause.beginsAt)}`;
  if (status === 'paused' && pause?.endsAt) return `Paused until ${formatDay(pause.endsAt)}, no paid access`;
  if (status === 'trialing' && trialOver) return `Trial until ${formatDay(trialOver)}`;
  if (status === 'past_due' && graceUntil) return `Payment past due, access until ${formatDay(graceUntil)}`;
  return plainWords[status] ?? status;
}

/** The colour that goes with the words; never the only carrier of the meaning. */
export function statusTone({
  status,
  cancelAt,
  pause,
}: Pick<Standing, 'status' | 'cancelAt' | 'pause'>): Tone {
  return status === 'active' && (cancelAt || pause) ? 'warning' : (tones[status] ?? 'default');
}
