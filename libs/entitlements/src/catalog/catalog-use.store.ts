import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';

/** Whether an assignment of plan `p` that holds at $2 exists, following the current version (number $1) or pinned to p's. */
const IS_HELD = `(
  p.catalog_version = $1 and (p.is_default or exists (
    select 1 from assignment a
    where a.plan = p.key and a.catalog_version is null and coalesce(a.to_at, 'infinity') > $2))
  or exists (
    select 1 from assignment a
    where a.plan = p.key and a.catalog_version = p.catalog_version and coalesce(a.to_at, 'infinity') > $2)
)`;

/** What somebody has at this moment. Each question is a few index probes, however many owners there are. */
@Injectable()
export class CatalogUseStore {
  /** Those of these plans that somebody holds or will hold; everybody without another holds the default plan. */
  async heldPlans(tx: Transaction, current: number, plans: readonly string[], at: Date): Promise<string[]> {
    const rows = await tx.query<{ key: string }[]>(
      `select distinct p.key from plan p where p.key = any($3) and ${IS_HELD} order by p.key`,
      [current, at, plans],
    );
    return rows.map(({ key }) => key);
  }

  /** Those of these features that somebody has by a plan that is held, or by an override. */
  async usedFeatures(
    tx: Transaction,
    current: number,
    features: readonly string[],
    at: Date,
  ): Promise<string[]> {
    const rows = await tx.query<{ key: string }[]>(
      `select distinct f.key from feature f
       where f.key = any($3) and (
         exists (
           select 1 from allowance l join plan p on p.catalog_version = l.catalog_version and p.key = l.plan
           where l.catalog_version = f.catalog_version and l.feature = f.key and ${IS_HELD})
         or exists (
           select 1 from override o where o.feature = f.key and coalesce(o.to_at, 'infinity') > $2))
       order by f.key`,
      [current, at, features],
    );
    return rows.map(({ key }) => key);
  }
}
