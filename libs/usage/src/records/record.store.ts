import type { Sql } from '../database/sql.js';
import { dayText, daysFrom, monthsFrom } from '../windows/calendar.js';

/** Whose record. */
export interface Owned {
  readonly ownerId: string;
  readonly feature: string;
}

/**
 * How a record comes from what it is made of:
 * - `sum`: it is the sum, and its source stays
 * - `last`: it is the sum, and its source is removed
 * - `late`: the source was removed before; what came since is added, and removed as well
 */
export type RecordKind = 'sum' | 'last' | 'late';

/** What a record is made of: whose (all owners when left out), and the late facts that are dealt with by it. */
export interface RecordOf {
  readonly kind: RecordKind;
  readonly whose?: Owned;
  readonly lateFacts?: readonly string[];
}

const WHOSE = '($4::uuid is null or (owner_id = $4 and feature = $5))';
const BY = 'owner_id, feature, organization_id, principal';

/** How many records changed, and from how many rows they were made. */
export interface Recorded {
  readonly changed: number;
  readonly rows: number;
}

/** Makes the records of a day from its hours. */
export async function recordDay(
  sql: Sql,
  day: Date,
  at: Date,
  { kind, whose, lateFacts = [] }: RecordOf,
): Promise<Recorded> {
  const hours = `usage_bucket where hour >= $2::timestamptz and hour < $6::timestamptz and ${WHOSE}`;
  const [made] = await sql.query<Recorded>(
    `with source as (${sourceOf(kind, `${BY}, quantity`, hours)}),
       units as (
         select * from source
         union all
         select owner_id, feature collate "C", organization_id, principal, -given_back from usage_late_fact
         where id = any($7::bigint[]) and day = $1::date and given_back is not null and ${WHOSE}),
       made as (
         insert into usage_day as d (${BY}, day, quantity, taken_at)
         select ${BY}, $1::date, sum(quantity), $3::timestamptz from units group by ${BY}
         on conflict (owner_id, feature, day, organization_id, principal)
           do update set quantity = ${grown('d', kind)}, taken_at = excluded.taken_at
           where d.quantity <> ${grown('d', kind)}
         returning 1)
     ${COUNTS}`,
    [
      dayText(day),
      day.toISOString(),
      at.toISOString(),
      ...ownerOf(whose),
      daysFrom(day, 1).toISOString(),
      kind === 'late' ? lateFacts : [],
    ],
  );
  return made ?? { changed: 0, rows: 0 };
}

/** Makes the records of a month, one for each owner and feature, from its days and the units beyond limits. */
export async function recordMonth(
  sql: Sql,
  month: Date,
  at: Date,
  { kind, whose }: RecordOf,
): Promise<Recorded> {
  const end = monthsFrom(month, 1);
  const days = `usage_day where day >= $1::date and day < $6::date and ${WHOSE}`;
  const [made] = await sql.query<Recorded>(
    `with source as (${sourceOf(kind, 'owner_id, feature, quantity', days)}),
       units as (select owner_id, feature, sum(quantity) as quantity from source group by owner_id, feature),
       beyond as (
         select owner_id, feature, sum(quantity) as quantity from usage_overage
         where at >= $2::timestamptz and at < $7::timestamptz and returned_at is null and ${WHOSE}
         group by owner_id, feature),
       made as (
         insert into usage_month as m (owner_id, feature, month, quantity, overage, closed_at)
         select u.owner_id, u.feature, $1::date, u.quantity, coalesce(o.quantity, 0), $3::timestamptz
         from units u left join beyond o on o.owner_id = u.owner_id and o.feature = u.feature
         on conflict (owner_id, feature, month)
           do update set quantity = ${grown('m', kind)}, overage = excluded.overage, closed_at = excluded.closed_at
           where (m.quantity, m.overage) is distinct from (${grown('m', kind)}, excluded.overage)
         returning 1)
     ${COUNTS}`,
    [
      dayText(month),
      month.toISOString(),
      at.toISOString(),
      ...ownerOf(whose),
      dayText(end),
      end.toISOString(),
    ],
  );
  return made ?? { changed: 0, rows: 0 };
}

const COUNTS =
  'select (select count(*) from made)::int as changed, (select count(*) from source)::int as rows';

const sourceOf = (kind: RecordKind, columns: string, rows: string): string =>
  kind === 'sum' ? `select ${columns} from ${rows}` : `delete from ${rows} returning ${columns}`;

const grown = (record: 'd' | 'm', kind: RecordKind): string =>
  kind === 'late' ? `${record}.quantity + excluded.quantity` : 'excluded.quantity';

const ownerOf = (whose: Owned | undefined): unknown[] => [whose?.ownerId ?? null, whose?.feature ?? null];
