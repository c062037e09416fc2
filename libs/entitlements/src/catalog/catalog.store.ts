import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type {
  Allowance,
  Catalog,
  Feature,
  FeatureKind,
  OverLimitPolicy,
  Overage,
  Plan,
  QuotaWindow,
  Rate,
  Rollout,
} from './catalog.js';

interface PlanRow {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly grace_days: number;
  readonly per_seat: boolean;
  readonly is_default: boolean;
}

interface FeatureRow {
  readonly key: string;
  readonly name: string;
  readonly kind: FeatureKind;
  readonly enabled: boolean;
  readonly counted_by: 'owner' | 'organization';
  readonly quota_window: QuotaWindow | null;
  readonly rollout: Rollout | null;
  readonly rates: Rate[];
  readonly over_limit: OverLimitPolicy;
}

interface AllowanceRow {
  readonly plan: string;
  readonly feature: string;
  readonly quantity: string | null;
  readonly overage: Overage;
}

/** The tables of the catalog. Rows of a published version are never changed. */
@Injectable()
export class CatalogStore {
  /** Number of the newest published version; null in an empty database. */
  async newestVersion(reader: Transaction): Promise<number | null> {
    const [row] = await reader.query<{ version: number | null }[]>(
      'select max(version) as version from catalog_version',
    );
    return row?.version ?? null;
  }

  /** Writes a version with everything in it. */
  async insert(
    tx: Transaction,
    catalog: Catalog,
    by: { at: Date; author: string; reason: string },
  ): Promise<void> {
    const { version } = catalog;
    await tx.query(
      'insert into catalog_version (version, published_at, author, reason) values ($1, $2, $3, $4)',
      [version, by.at, by.author, by.reason],
    );
    for (const plan of catalog.plans.values()) {
      await tx.query(
        `insert into plan (catalog_version, key, name, rank, grace_days, per_seat, is_default) values ($1, $2, $3, $4, $5, $6, $7)`,
        [
          version,
          plan.key,
          plan.name,
          plan.rank,
          plan.graceDays,
          plan.perSeat,
          plan.key === catalog.defaultPlan,
        ],
      );
    }
    for (const feature of catalog.features.values()) await this.insertFeature(tx, version, feature);
  }

  private async insertFeature(tx: Transaction, version: number, feature: Feature): Promise<void> {
    await tx.query(
      `insert into feature (catalog_version, key, name, kind, enabled, counted_by, quota_window, rollout, rates, over_limit)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        version,
        feature.key,
        feature.name,
        feature.kind,
        feature.enabled,
        feature.countedBy,
        feature.window,
        feature.rollout && JSON.stringify(feature.rollout),
        JSON.stringify(feature.rates),
        feature.overLimit,
      ],
    );
    for (const [plan, allowance] of feature.allowances) {
      await tx.query(
        `insert into allowance (catalog_version, plan, feature, quantity, overage) values ($1, $2, $3, $4, $5)`,
        [version, plan, feature.key, allowance.limit?.toString() ?? null, allowance.overage],
      );
    }
  }

  /** Reads one version whole. */
  async read(reader: Transaction, version: number): Promise<Catalog> {
    const of = [version];
    const plans = await reader.query<PlanRow[]>(
      'select * from plan where catalog_version = $1 order by rank',
      of,
    );
    const features = await reader.query<FeatureRow[]>(
      'select * from feature where catalog_version = $1 order by key',
      of,
    );
    const allowances = await reader.query<AllowanceRow[]>(
      'select * from allowance where catalog_version = $1',
      of,
    );
    return {
      version,
      defaultPlan: plans.find((plan) => plan.is_default)?.key ?? '',
      plans: new Map(plans.map((row) => [row.key, planOf(row)])),
      features: new Map(features.map((row) => [row.key, featureOf(row, allowances)])),
    };
  }
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
    rates: row.rates,
    overLimit: row.over_limit,
    allowances: new Map(own.map((allowance) => [allowance.plan, allowanceOf(allowance)])),
  };
}

function allowanceOf(row: AllowanceRow): Allowance {
  return { limit: row.quantity === null ? null : BigInt(row.quantity), overage: row.overage };
}
