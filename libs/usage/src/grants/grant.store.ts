import { instantArray, plainArray, textArray } from '../database/array-text.js';
import type { Sql } from '../database/sql.js';
import { CountedMeanwhileError } from '../usage.errors.js';
import { type Grant, type GrantState, ownerKey } from './grant.js';

interface GrantRow {
  readonly id: string;
  readonly owner_id: string;
  readonly key: string | null;
  readonly organization_id: string | null;
  readonly principal: string;
  readonly at: Date;
  readonly state: GrantState;
  readonly expires_at: Date | null;
  readonly features: string[];
  readonly window_starts: Date[];
  readonly quantities: string[];
  readonly counted: string[];
  readonly overages: string[];
}

const COLUMNS = `id, owner_id, key, organization_id, principal, at, state, expires_at, features, window_starts,
  quantities::text[], counted::text[], overages::text[]`;

/** The grants that hold these keys, by `ownerKey`. */
export async function grantsByKey(
  sql: Sql,
  keys: readonly { readonly ownerId: string; readonly key: string }[],
): Promise<Map<string, Grant>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<GrantRow>(
    `select ${COLUMNS} from usage_grant
     where (owner_id, key) in (select * from unnest($1::uuid[], $2::text[]))`,
    [keys.map(({ ownerId }) => ownerId), keys.map(({ key }) => key)],
  );
  return new Map(rows.map((row) => [ownerKey(row.owner_id, row.key ?? ''), grantOf(row)]));
}

/** The grants with these ids, by id; `locked` holds them, in the order of their ids, until the transaction ends. */
export async function grantsById(
  sql: Sql,
  ids: readonly string[],
  locked: boolean,
): Promise<Map<string, Grant>> {
  if (ids.length === 0) return new Map();
  const rows = await sql.query<GrantRow>(
    `select ${COLUMNS} from usage_grant where id = any($1::uuid[]) order by id${locked ? ' for update' : ''}`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, grantOf(row)]));
}

function grantOf(row: GrantRow): Grant {
  const { id, key, principal, at, state } = row;
  return {
    id,
    key,
    principal,
    at,
    state,
    ownerId: row.owner_id,
    organizationId: row.organization_id,
    expiresAt: row.expires_at,
    meters: row.features.map((feature, index) => ({
      feature,
      start: row.window_starts[index] ?? at,
      quantity: BigInt(row.quantities[index] ?? 0),
      counted: BigInt(row.counted[index] ?? 0),
      overage: BigInt(row.overages[index] ?? 0),
    })),
  };
}

/**
 * Remembers new grants.
 *
 * @throws CountedMeanwhileError when somebody else used one of the keys first
 */
export async function insertGrants(sql: Sql, grants: readonly Grant[]): Promise<void> {
  if (grants.length === 0) return;
  const made = await sql.query(
    `insert into usage_grant (id, owner_id, key, organization_id, principal, at, state, expires_at, features,
       window_starts, quantities, counted, overages)
     select id, owner_id, key, organization_id, principal, at, state, expires_at, features::text[],
       window_starts::timestamptz[], quantities::bigint[], counted::bigint[], overages::bigint[]
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::text[],
       $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[])
       as g (id, owner_id, key, organization_id, principal, at, state, expires_at, features, window_starts,
         quantities, counted, overages)
     on conflict do nothing returning 1`,
    [
      grants.map(({ id }) => id),
      grants.map(({ ownerId }) => ownerId),
      grants.map(({ key }) => key),
      grants.map(({ organizationId }) => organizationId),
      grants.map(({ principal }) => principal),
      grants.map(({ at }) => at.toISOString()),
      grants.map(({ state }) => state),
      grants.map(({ expiresAt }) => expiresAt?.toISOString() ?? null),
      ...meterColumns(grants),
    ],
  );
  if (made.length < grants.length) throw new CountedMeanwhileError();
}

/** Writes how grants ended; a grant that gave everything back frees its key. */
export async function settleGrants(sql: Sql, grants: readonly Grant[], at: Date): Promise<void> {
  if (grants.length === 0) return;
  await sql.query(
    `with written as (
       update usage_grant g set state = w.state, settled_at = $2, counted = w.counted::bigint[],
         overages = w.overages::bigint[], key = case when w.state = 'committed' then g.key end
       from unnest($1::uuid[], $3::text[], $4::text[], $5::text[]) as w (id, state, counted, overages)
       where g.id = w.id)
     select 1 where false`,
    [
      grants.map(({ id }) => id),
      at.toISOString(),
      grants.map(({ state }) => state),
      grants.map(({ meters }) => plainArray(meters.map(({ counted }) => counted))),
      grants.map(({ meters }) => plainArray(meters.map(({ overage }) => overage))),
    ],
  );
}

/** Arrays within an array of rows travel as their text: Postgres knows no array of arrays of different lengths. */
const meterColumns = (grants: readonly Grant[]): unknown[] => [
  grants.map(({ meters }) => textArray(meters.map(({ feature }) => feature))),
  grants.map(({ meters }) => instantArray(meters.map(({ start }) => start))),
  grants.map(({ meters }) => plainArray(meters.map(({ quantity }) => quantity))),
  grants.map(({ meters }) => plainArray(meters.map(({ counted }) => counted))),
  grants.map(({ meters }) => plainArray(meters.map(({ overage }) => overage))),
];
