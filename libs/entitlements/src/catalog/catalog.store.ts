import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import {
  allowanceRows,
  type AllowanceRow,
  catalogOf,
  type FeatureRow,
  featureRows,
  type PlanRow,
  planRows,
} from './catalog-rows.js';
import type { Catalog, CatalogVersion } from './catalog.js';

const INSERT_PLANS = `
  insert into plan (catalog_version, key, name, rank, grace_days, per_seat, is_default)
  select $1, key, name, rank, grace_days, per_seat, is_default
  from jsonb_to_recordset($2::jsonb) as row (
    key text, name text, rank integer, grace_days integer, per_seat boolean, is_default boolean)`;

const INSERT_FEATURES = `
  insert into feature (catalog_version, key, name, kind, enabled, counted_by, quota_window, rollout, rates,
    over_limit, last_known_seconds, charge_on)
  select $1, key, name, kind, enabled, counted_by, quota_window, nullif(rollout, 'null'), rates, over_limit,
    last_known_seconds, charge_on
  from jsonb_to_recordset($2::jsonb) as row (
    key text, name text, kind text, enabled boolean, counted_by text, quota_window text, rollout jsonb, rates jsonb,
    over_limit text, last_known_seconds integer, charge_on text)`;

const INSERT_ALLOWANCES = `
  insert into allowance (catalog_version, plan, feature, quantity, overage)
  select $1, plan, feature, quantity::bigint, overage
  from jsonb_to_recordset($2::jsonb) as row (plan text, feature text, quantity text, overage text)`;

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
    await tx.query(INSERT_PLANS, [version, JSON.stringify(planRows(catalog))]);
    await tx.query(INSERT_FEATURES, [version, JSON.stringify(featureRows(catalog))]);
    await tx.query(INSERT_ALLOWANCES, [version, JSON.stringify(allowanceRows(catalog))]);
  }

  /** One publisher at a time; readers go on. Held until the transaction ends. */
  async lock(tx: Transaction): Promise<void> {
    await tx.query('lock table catalog_version in exclusive mode');
  }

  /** Who published which version when and why; those below `before` (all, when null), newest first. */
  async list(reader: Transaction, before: number | null, limit: number): Promise<CatalogVersion[]> {
    return reader.query<CatalogVersion[]>(
      `select version, published_at as "publishedAt", author, reason from catalog_version
       where $1::integer is null or version < $1 order by version desc limit $2`,
      [before, limit],
    );
  }

  /** Reads one version whole; null when there is none of this number. */
  async read(reader: Transaction, version: number): Promise<Catalog | null> {
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
    return plans.length === 0 ? null : catalogOf(version, plans, features, allowances);
  }
}
