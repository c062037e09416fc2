import type { ChangePreview, Proration } from './provider-changes.js';
import type { BillingInterval } from './provider-name.js';

/** What is needed to compute a preview; amounts are whole amounts (all seats) in minor units of one currency. */
export interface ChangeToEstimate {
  readonly currency: string;
  readonly amount: bigint;
  readonly newAmount: bigint;
  readonly interval: BillingInterval | null;
  readonly newInterval: BillingInterval;
  readonly periodStart: Date | null;
  readonly periodEnd: Date | null;
  readonly isTrial: boolean;
  readonly proration: Proration;
  readonly at: Date;
}

/**
 * A preview for providers that offer none, by the rule that they document: the unused rest of the period is credited at
 * the old amount and charged at the new one, by the millisecond, each rounded half up to a minor unit. Another interval
 * begins a new period at once and is charged whole. A credit beyond what is due is carried to the next invoice. In a
 * trial nothing is charged and nothing credited.
 */
export function estimateChange(change: ChangeToEstimate): ChangePreview {
  const { newAmount, isTrial, proration, periodEnd } = change;
  const startsAnew = change.interval !== change.newInterval && !isTrial;
  const credit = isTrial || proration === 'none' ? 0n : restOf(change, change.amount);
  const charge = startsAnew ? newAmount : isTrial || proration === 'none' ? 0n : restOf(change, newAmount);
  const net = charge - credit;
  const isPaidNow = startsAnew || proration === 'invoice_now';
  const dueNow = isPaidNow && net > 0n ? net : 0n;
  const money = (amount: bigint) => ({ amount, currency: change.currency });
  return {
    dueNow: money(dueNow),
    credit: money(credit),
    nextAmount: money(atLeastZero(newAmount + net - dueNow)),
    nextAt: startsAnew ? oneIntervalAfter(change.at, change.newInterval) : periodEnd,
    estimated: true,
  };
}

function restOf({ periodStart, periodEnd, at }: ChangeToEstimate, amount: bigint): bigint {
  if (periodStart === null || periodEnd === null || periodEnd <= periodStart) return 0n;
  const whole = BigInt(periodEnd.getTime() - periodStart.getTime());
  const rest = BigInt(Math.min(Math.max(periodEnd.getTime() - at.getTime(), 0), Number(whole)));
  return (2n * amount * rest + whole) / (2n * whole);
}

function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}

/** The same day of the next month or year, clamped to that month's last day. */
export function oneIntervalAfter(at: Date, interval: BillingInterval): Date {
  const months = at.getUTCMonth() + (interval === 'year' ? 12 : 1);
  const last = new Date(Date.UTC(at.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(at.getUTCDate(), last);
  return new Date(Date.UTC(at.getUTCFullYear(), months, day) + (at.getTime() % 86_400_000));
}
