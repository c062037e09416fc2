import type { BillingInterval } from './payment-provider.js';
import { SUBSCRIPTION_STATUSES, type Money, type SubscriptionStatus } from './provider-subscription.js';

const CURRENCY = /^[a-z]{3}$/;

/** Our status for a provider's word; `cancelled` is accepted for `canceled`, any other unknown word is null. */
export function toSubscriptionStatus(word: string): SubscriptionStatus | null {
  const spelled = word === 'cancelled' ? 'canceled' : word;
  return SUBSCRIPTION_STATUSES.find((status) => status === spelled) ?? null;
}

/** Our interval for a provider's unit and count: 12 months are a year, a quarter is none of ours (null). */
export function toBillingInterval(unit: string | null, count: number | null): BillingInterval | null {
  const months = unit === 'month' ? 1 : unit === 'year' ? 12 : 0;
  const total = months * (count ?? 1);
  return total === 1 ? 'month' : total === 12 ? 'year' : null;
}

/** Money of an integer amount in minor units; null when amount or currency is not usable. */
export function toMoney(amount: bigint | null, currency: string | null): Money | null {
  const code = currency?.toLowerCase() ?? '';
  return amount === null || !CURRENCY.test(code) ? null : { amount, currency: code };
}
