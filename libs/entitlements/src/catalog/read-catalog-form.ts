import { InvalidRequestError } from '@tollgate/kernel';
import type { Allowance, Catalog, Feature, FeatureKind, Plan } from './catalog.js';
import type { AllowanceForm, CatalogForm, FeatureForm, PlanForm } from './define-catalog.js';

/** Keys are what code writes in decorators: lower case, digits, `_` and `-`. */
const KEY = /^[a-z][a-z0-9_-]{0,62}$/;

/**
 * Reads a catalog form strictly into a catalog with the given version number.
 *
 * @throws InvalidRequestError `catalog_invalid`, naming the first thing that is wrong
 */
export function readCatalogForm(form: CatalogForm, version: number): Catalog {
  const plans = new Map(Object.entries(form.plans).map(([key, plan]) => [key, readPlan(key, plan)]));
  if (!plans.has(form.defaultPlan)) refuse(`the default plan "${form.defaultPlan}" is not among the plans`);
  if (new Set([...plans.values()].map((plan) => plan.rank)).size !== plans.size)
    refuse('two plans share a rank');
  const features = new Map(
    Object.entries(form.features).map(([key, feature]) => [key, readFeature(key, feature, plans)]),
  );
  return { version, plans, features, defaultPlan: form.defaultPlan };
}

function readPlan(key: string, form: PlanForm): Plan {
  if (!KEY.test(key)) refuse(`"${key}" is not a plan key`);
  if (!Number.isSafeInteger(form.rank)) refuse(`plan "${key}" needs a whole rank`);
  const graceDays = form.graceDays ?? 0;
  if (!Number.isSafeInteger(graceDays) || graceDays < 0) refuse(`plan "${key}" needs whole grace days`);
  return { key, name: form.name, rank: form.rank, graceDays, perSeat: form.perSeat ?? false };
}

function readFeature(key: string, form: FeatureForm<string>, plans: ReadonlyMap<string, Plan>): Feature {
  if (!KEY.test(key)) refuse(`"${key}" is not a feature key`);
  if ((form.kind === 'quota') !== (form.window !== undefined))
    refuse(`"${key}": a quota, and only a quota, has a window`);
  const allowances = new Map<string, Allowance>();
  for (const [plan, allowance] of Object.entries(form.allowances)) {
    if (!plans.has(plan)) refuse(`"${key}" has an allowance of the unknown plan "${plan}"`);
    if (allowance !== undefined) allowances.set(plan, readAllowance(key, form.kind, allowance));
  }
  return {
    key,
    name: form.name,
    kind: form.kind,
    enabled: form.enabled ?? true,
    countedBy: form.countedBy ?? 'owner',
    window: form.window ?? null,
    rollout: readRollout(key, form, plans),
    rates: readRates(key, form),
    overLimit: form.overLimit ?? 'block_new',
    allowances,
  };
}

function readRollout(
  key: string,
  { rollout }: FeatureForm<string>,
  plans: ReadonlyMap<string, Plan>,
): Feature['rollout'] {
  if (!rollout) return null;
  const { percent = 0, percentByPlan = {}, subject = 'owner', include = {}, exclude = {} } = rollout;
  const byPlan: Record<string, number> = {};
  for (const [plan, planPercent = 0] of Object.entries(percentByPlan)) {
    if (!plans.has(plan)) refuse(`"${key}" has a rollout percent of the unknown plan "${plan}"`);
    byPlan[plan] = planPercent;
  }
  for (const one of [percent, ...Object.values(byPlan)]) {
    if (!(one >= 0 && one <= 100)) refuse(`"${key}": a rollout percent lies between 0 and 100`);
  }
  return { percent, percentByPlan: byPlan, subject, include, exclude };
}

/** A sliding window is a second to an hour long. */
const LONGEST_RATE_SECONDS = 3_600;

function readRates(key: string, { rates = [] }: FeatureForm<string>): Feature['rates'] {
  for (const { limit, perSeconds } of rates) {
    if (!Number.isSafeInteger(limit) || limit < 0)
      refuse(`"${key}": a rate's limit is a whole number from 0`);
    if (!Number.isSafeInteger(perSeconds) || perSeconds < 1 || perSeconds > LONGEST_RATE_SECONDS)
      refuse(`"${key}": a rate's window is 1 to ${LONGEST_RATE_SECONDS} whole seconds`);
  }
  return rates;
}

function readAllowance(key: string, kind: FeatureKind, form: AllowanceForm): Allowance {
  if (form === true) {
    if (kind !== 'flag') refuse(`"${key}" needs a limit; unlimited is written -1`);
    return { limit: null, overage: 'deny' };
  }
  if (kind === 'flag') refuse(`"${key}" is a flag and has no limit`);
  const { limit, overage } = typeof form === 'number' ? { limit: form, overage: 'deny' as const } : form;
  if (!Number.isSafeInteger(limit) || limit < -1)
    refuse(`"${key}": a limit is a whole number from 0, or -1 for unlimited`);
  return { limit: BigInt(limit), overage };
}

function refuse(why: string): never {
  throw new InvalidRequestError('catalog_invalid', `The catalog cannot be used: ${why}`);
}
