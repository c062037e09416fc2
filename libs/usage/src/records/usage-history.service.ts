import { Injectable } from '@nestjs/common';
import { InvalidRequestError, type Transaction } from '@tollgate/kernel';
import { PERSONAL } from '../counters/bucket.store.js';
import { sqlOf } from '../database/sql.js';
import { daysFrom, hourOf, monthsFrom } from '../windows/calendar.js';

/** What to add up. Instants are widened to whole steps (UTC). */
export interface UsageQuery {
  readonly ownerId: string;
  /** One organization; `personal` for the personal space; left out for everything. */
  readonly organizationId?: string;
  readonly feature?: string;
  readonly principal?: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  readonly step: 'hour' | 'day' | 'month';
}

/** Units of one step; organization null is the personal space. */
export interface UsageSum {
  readonly start: Date;
  readonly feature: string;
  readonly organizationId: string | null;
  readonly principal: string;
  readonly quantity: bigint;
}

const HOUR_MS = 3_600_000;
const MOST_HOURS = 92 * 24;
const MOST_DAYS = 1_100;
const EARLIEST_MS = 0;
const LATEST_MS = Date.UTC(9999, 0, 1);

interface SumRow {
  readonly start: string;
  readonly feature: string;
  readonly organization_id: string;
  readonly principal: string;
  readonly quantity: string;
}

/** What was used, by hour, day or month. Sums equal the counters at every moment: open days are read from the buckets. */
@Injectable()
export class UsageHistory {
  /**
   * The sums of each step, feature, organization and principal, in order of time. Hours are known as long as buckets
   * are kept.
   *
   * @throws InvalidRequestError `range_invalid` when it is empty, longer than 92 days of hours or 1,100 days, or outside
   *   of the years from 1970 to 9999
   */
  async sums(reader: Transaction, query: UsageQuery): Promise<UsageSum[]> {
    const { from, to } = widened(query);
    const rows = await sqlOf(reader).query<SumRow>(SUMS, [
      query.ownerId,
      query.organizationId === 'personal' ? PERSONAL : (query.organizationId ?? null),
      query.feature ?? null,
      query.principal ?? null,
      query.step,
      from.toISOString(),
      to.toISOString(),
    ]);
    return rows.map((row) => ({
      start: new Date(row.start),
      feature: row.feature,
      organizationId: row.organization_id === PERSONAL ? null : row.organization_id,
      principal: row.principal,
      quantity: BigInt(row.quantity),
    }));
  }
}

/**
 * A day counts as closed when it has its records and no late fact waits; all others are added up from their hours. Each
 * of those is one look into an index, and as many as anybody likes to ask for: so none outside the hours that there are.
 * Of a day whose hours were removed, what came since stands beside the record until that is renewed.
 */
const SUMS = `
  with closed as (
      select coalesce(max(closed_before), '-infinity') as before, coalesce(max(pruned_before), '-infinity') as pruned_before
      from usage_closing where step = 'day'),
    late as (select distinct day from usage_late_fact where owner_id = $1::uuid),
    kept as (select min(hour) as first, max(hour) as last from usage_bucket),
    hours as (
      select hour
      from kept, closed, generate_series(
        greatest($6::timestamptz, first, case when $5 <> 'hour' then before::timestamp at time zone 'UTC' end),
        least($7::timestamptz - interval '1 hour', last), interval '1 hour') as hour
      where first is not null
      union
      select (day + hour * interval '1 hour') at time zone 'UTC'
      from late, generate_series(0, 23) as hour
      where $5 <> 'hour' and day >= ($6::timestamptz at time zone 'UTC')::date
        and day < ($7::timestamptz at time zone 'UTC')::date),
    source as (
      select to_char(h.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24') as hour, b.*
      from hours h cross join lateral (
        select feature, organization_id, principal, quantity
        from usage_bucket u where u.hour = h.hour and u.owner_id = $1::uuid offset 0) b
      union all
      select d.day::text || 'T00', d.feature, d.organization_id, d.principal, d.quantity
      from usage_day d
      where $5 <> 'hour' and d.owner_id = $1::uuid and d.day >= ($6::timestamptz at time zone 'UTC')::date
        and d.day < ($7::timestamptz at time zone 'UTC')::date
        and d.day < (select before from closed)
        and (d.day not in (select day from late) or d.day < (select pruned_before from closed))
      union all
      select f.day::text || 'T00', f.feature collate "C", f.organization_id, f.principal, -f.given_back
      from usage_late_fact f
      where $5 <> 'hour' and f.owner_id = $1::uuid and f.day >= ($6::timestamptz at time zone 'UTC')::date
        and f.day < ($7::timestamptz at time zone 'UTC')::date and f.given_back is not null
        and f.day < (select pruned_before from closed))
  select case $5 when 'hour' then hour || ':00:00Z' when 'day' then left(hour, 10) else left(hour, 7) || '-01' end as start,
    feature, organization_id, principal, sum(quantity) as quantity
  from source
  where ($2::uuid is null or organization_id = $2) and ($3::text is null or feature = $3)
    and ($4::text is null or principal = $4)
  group by 1, 2, 3, 4 having sum(quantity) > 0 order by 1, 2, 3, 4`;

function widened({ from, to, step }: UsageQuery): { from: Date; to: Date } {
  // Outside of these years instants have other spellings, and two digits of a year mean another century to `Date.UTC`.
  if (from.getTime() < EARLIEST_MS || to.getTime() > LATEST_MS)
    throw new InvalidRequestError('range_invalid', 'Ask for what lies between 1970 and 9999');
  const floor = step === 'hour' ? hourOf : step === 'day' ? startOfDay : startOfMonth;
  const start = floor(from);
  const end = floor(to);
  const whole = end < to ? nextOf(end, step) : end;
  const hours = (whole.getTime() - start.getTime()) / HOUR_MS;
  if (!(hours > 0) || hours > (step === 'hour' ? MOST_HOURS : MOST_DAYS * 24))
    throw new InvalidRequestError('range_invalid', 'Ask for 1 hour to 92 days of hours, or up to 1,100 days');
  return { from: start, to: whole };
}

const startOfDay = (at: Date): Date => daysFrom(at, 0);
const startOfMonth = (at: Date): Date => monthsFrom(at, 0);

function nextOf(start: Date, step: UsageQuery['step']): Date {
  if (step === 'hour') return new Date(start.getTime() + HOUR_MS);
  return step === 'day' ? daysFrom(start, 1) : monthsFrom(start, 1);
}
