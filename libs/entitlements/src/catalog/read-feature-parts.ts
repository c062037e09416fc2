import { refuse } from './catalog-refusal.js';
import { type FailPolicy, type Feature, LONGEST_LAST_KNOWN_SECONDS, type Plan } from './catalog.js';
import type { FeatureForm } from './define-catalog.js';

/** A sliding window is a second to an hour long. */
const LONGEST_RATE_SECONDS = 3_600;

/**
 * Reads who gets a feature first; null when everyone who may have it does.
 *
 * @throws InvalidRequestError `catalog_invalid`, a percent outside 0 to 100 or finer than two decimals, an unknown plan
 */
export function readRollout(
  path: string,
  { rollout }: FeatureForm<string>,
  plans: ReadonlyMap<string, Plan>,
): Feature['rollout'] {
  if (!rollout) return null;
  const at = `${path}.rollout`;
  const { percent = 0, percentByPlan = {}, subject = 'owner', include = {}, exclude = {} } = rollout;
  const byPlan: Record<string, number> = {};
  for (const [plan, planPercent] of Object.entries(percentByPlan)) {
    if (!plans.has(plan)) refuse(`${at}.percentByPlan.${plan}`, `this is of the unknown plan "${plan}"`);
    if (planPercent !== undefined) byPlan[plan] = readPercent(`${at}.percentByPlan.${plan}`, planPercent);
  }
  return { percent: readPercent(`${at}.percent`, percent), percentByPlan: byPlan, subject, include, exclude };
}

function readPercent(path: string, percent: number): number {
  if (!(percent >= 0 && percent <= 100)) refuse(path, 'a percent lies between 0 and 100');
  if (Number(percent.toFixed(2)) !== percent) refuse(path, 'a percent has two decimals at most');
  return percent;
}

/**
 * Reads the rates of a feature.
 *
 * @throws InvalidRequestError `catalog_invalid`, a limit or a window that is not whole or out of bounds
 */
export function readRates(path: string, { rates = [] }: FeatureForm<string>): Feature['rates'] {
  return rates.map(({ limit, perSeconds, by }, index) => {
    const at = `${path}.rates.${index}`;
    if (!Number.isSafeInteger(limit) || limit < 0)
      refuse(`${at}.limit`, 'the limit of a rate is a whole number from 0');
    if (!Number.isSafeInteger(perSeconds) || perSeconds < 1 || perSeconds > LONGEST_RATE_SECONDS)
      refuse(`${at}.perSeconds`, `the window of a rate is 1 to ${LONGEST_RATE_SECONDS} whole seconds`);
    return { limit, perSeconds, by };
  });
}

/**
 * Reads what is answered while the database is down; left out, flags are answered as last known for as long as
 * that is allowed, everything else is closed.
 *
 * @throws InvalidRequestError `catalog_invalid`, a time out of bounds
 */
export function readFailPolicy(path: string, { kind, failPolicy }: FeatureForm<string>): FailPolicy {
  const form = failPolicy ?? (kind === 'flag' ? { lastKnownSeconds: LONGEST_LAST_KNOWN_SECONDS } : 'closed');
  if (form === 'closed') return { kind: 'closed' };
  const seconds = form.lastKnownSeconds;
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > LONGEST_LAST_KNOWN_SECONDS)
    refuse(
      `${path}.failPolicy.lastKnownSeconds`,
      `what was last known is answered for 1 to ${LONGEST_LAST_KNOWN_SECONDS} whole seconds`,
    );
  return { kind: 'last_known', seconds };
}
