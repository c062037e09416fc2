import type {
  Allowance,
  Catalog,
  ChargeOn,
  Feature,
  FeatureKind,
  OverLimitPolicy,
  Overage,
  Plan,
  QuotaWindow,
  Rate,
  Rollout,
} from './catalog.js';

/** A plan of one version, as a row. */
export interface PlanRow {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly grace_days: number;
  readonly per_seat: boolean;
  readonly is_default: boolean;
}

/** A feature of one version, as a row. */
export interface FeatureRow {
  readonly key: string;
  readonly name: string;
  readonly kind: FeatureKind;
  readonly enabled: boolean;
  readonly counted_by: 'owner' | 'organization';
  readonly quota_window: QuotaWindow | null;
  readonly rollout: Rollout | null;
  readonly rates: readonly Rate[];
  readonly over_limit: OverLimitPolicy;
  /** Null is closed. */
  readonly last_known_seconds: number | null;
  readonly charge_on: ChargeOn;
}

/** An allowance of one version, as a row; a bigint is text. */
export interface AllowanceRow {
  readonly plan: string;
  readonly feature: string;
  readonly quantity: string | null;
  readonly overage: Overage;
}

/** The plans of a catalog as rows. */
export function planRows({ plans, defaultPlan }: Catalog): PlanRow[] {
  return [...plans.values()].map(({ key, name, rank, graceDays, perSeat }) => ({
    key,
    name,
    rank,
    grace_days: graceDays,
    per_seat: perSeat,
    is_default: key === defaultPlan,
  }));
}

/** The features of a catalog as rows. */
export function featureRows({ features }: Catalog): FeatureRow[] {
  return [...features.values()].map((feature) => ({
    key: feature.key,
    name: feature.name,
    kind: feature.kind,
    enabled: feature.enabled,
    counted_by: feature.countedBy,
    quota_window: feature.window,
    rollout: feature.rollout,
    rates: feature.rates,
    over_limit: feature.overLimit,
    last_known_seconds: feature.failPolicy.kind === 'closed' ? null : feature.failPolicy.seconds,
    charge_on: feature.chargeOn,
  }));
}

/** The allowances of a catalog as rows. */
export function allowanceRows({ features }: Catalog): AllowanceRow[] {
  return [...features.values()].flatMap(({ key, allowances }) =>
    [...allowances].map(([plan, { limit, overage }]) => ({
      plan,
      feature: key,
      quantity: limit?.toString() ?? null,
      overage,
    })),
  );
}

/** The catalog that the rows of one version stand for. */
export function catalogOf(
  version: number,
  plans: readonly PlanRow[],
  features: readonly FeatureRow[],
  allowances: readonly AllowanceRow[],
): Catalog {
  return {
    version,
    defaultPlan: plans.find((plan) => plan.is_default)?.key ?? '',
    plans: new Map(plans.map((row) => [row.key, planOf(row)])),
    features: new Map(features.map((row) => [row.key, featureOf(row, allowances)])),
  };
}

function planOf(row: PlanRow): Plan {
  return { key: row.key, name: row.name, rank: row.rank, graceDays: row.grace_days, perSeat: row.per_seat };
}

function featureOf(row: FeatureRow, allowances: readonly AllowanceRow[]): Feature {
  const own = allowances.filter((allowance) => allowance.feature === row.key);
  return {
    key: row.key,
    name: row.name,
    kind: row.kind,
    enabled: row.enabled,
    countedBy: row.counted_by,
    window: row.quota_window,
    rollout: row.rollout && {
      ...row.rollout,
      percentByPlan: row.rollout.percentByPlan ?? {},
      exclude: row.rollout.exclude ?? {},
    },
    rates: row.rates.map(({ limit, perSeconds, by }) => ({ limit, perSeconds, by })),
    overLimit: row.over_limit,
    failPolicy:
      row.last_known_seconds === null
        ? { kind: 'closed' }
        : { kind: 'last_known', seconds: row.last_known_seconds },
    chargeOn: row.charge_on,
    allowances: new Map(own.map((allowance) => [allowance.plan, allowanceOf(allowance)])),
  };
}

function allowanceOf(row: AllowanceRow): Allowance {
  return { limit: row.quantity === null ? null : BigInt(row.quantity), overage: row.overage };
}
