import type { models } from '@polar-sh/sdk/2026-10';
import { addInterval } from '../clock/add-interval.js';

/** ISO instant at which a product's trial ends when it began at `from`; null without a trial. */
export function trialEndFor(
  product: Pick<models.Product, 'trial_interval' | 'trial_interval_count'>,
  from: string | null,
): string | null {
  const { trial_interval: unit, trial_interval_count: count } = product;
  if (from === null || unit === null || count === null) return null;
  return addInterval(new Date(from), unit, count).toISOString();
}
