import { refuse } from './catalog-refusal.js';
import type { Allowance, Catalog, Feature, Plan } from './catalog.js';
import type { CatalogForm, FeatureForm, PlanForm } from './define-catalog.js';
import { readAllowance } from './read-allowance.js';
import { readFailPolicy, readRates, readRollout } from './read-feature-parts.js';

/** Keys are what code writes in decorators: lower case, digits, `_` and `-`. */
const KEY = /^[a-z][a-z0-9_-]{0,62}$/;

const HIGHEST_RANK = 1_000_000;
const MOST_GRACE_DAYS = 365;
const LONGEST_NAME = 200;

/**
 * Reads a catalog form strictly into a catalog with the given version number.
 *
 * @throws InvalidRequestError `catalog_invalid`, naming the first thing that is wrong; `details.issues[0].path` is where
 */
export function readCatalogForm(form: CatalogForm, version: number): Catalog {
  const plans = new Map(Object.entries(form.plans).map(([key, plan]) => [key, readPlan(key, plan)]));
  if (!plans.has(form.defaultPlan))
    refuse('defaultPlan', `the default plan "${form.defaultPlan}" is not among the plans`);
  if (new Set([...plans.values()].map((plan) => plan.rank)).size !== plans.size)
    refuse('plans', 'two plans share a rank');
  const features = new Map(
    Object.entries(form.features).map(([key, feature]) => [key, readFeature(key, feature, plans)]),
  );
  return { version, plans, features, defaultPlan: form.defaultPlan };
}

function readPlan(key: string, form: PlanForm): Plan {
  const path = `plans.${key}`;
  if (!KEY.test(key)) refuse(path, `"${key}" is not a plan key`);
  const { rank, graceDays = 0 } = form;
  if (!Number.isSafeInteger(rank) || Math.abs(rank) > HIGHEST_RANK)
    refuse(`${path}.rank`, `this needs a whole rank up to ${HIGHEST_RANK}`);
  if (!Number.isSafeInteger(graceDays) || graceDays < 0 || graceDays > MOST_GRACE_DAYS)
    refuse(`${path}.graceDays`, `a plan has 0 to ${MOST_GRACE_DAYS} whole grace days`);
  return { key, name: readName(path, form.name), rank, graceDays, perSeat: form.perSeat ?? false };
}

function readFeature(key: string, form: FeatureForm<string>, plans: ReadonlyMap<string, Plan>): Feature {
  const path = `features.${key}`;
  if (!KEY.test(key)) refuse(path, `"${key}" is not a feature key`);
  refuseMisplaced(path, form);
  const allowances = new Map<string, Allowance>();
  for (const [plan, allowance] of Object.entries(form.allowances)) {
    const at = `${path}.allowances.${plan}`;
    if (!plans.has(plan)) refuse(at, `this is of the unknown plan "${plan}"`);
    if (allowance !== undefined) allowances.set(plan, readAllowance(at, form.kind, allowance));
  }
  return {
    key,
    name: readName(path, form.name),
    kind: form.kind,
    enabled: form.enabled ?? true,
    countedBy: form.countedBy ?? 'owner',
    window: form.window ?? null,
    rollout: readRollout(path, form, plans),
    rates: readRates(path, form),
    overLimit: form.overLimit ?? 'block_new',
    failPolicy: readFailPolicy(path, form),
    chargeOn: form.chargeOn ?? 'success',
    allowances,
  };
}

/** What only one kind of feature can have. */
function refuseMisplaced(path: string, { kind, window, chargeOn, countedBy }: FeatureForm<string>): void {
  if ((kind === 'quota') !== (window !== undefined))
    refuse(`${path}.window`, 'a quota, and only a quota, has a window');
  if (kind !== 'quota' && chargeOn !== undefined)
    refuse(`${path}.chargeOn`, 'this is not a quota, so nothing of it is charged');
  if (kind !== 'capacity' && countedBy !== undefined)
    refuse(`${path}.countedBy`, 'only a capacity is counted by owner or organization');
}

function readName(path: string, name: string): string {
  if (name.trim() === '' || name.length > LONGEST_NAME)
    refuse(`${path}.name`, `a name has 1 to ${LONGEST_NAME} characters`);
  return name;
}
