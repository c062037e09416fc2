import { type BucketChange, PERSONAL } from '../counters/bucket.store.js';
import type { BucketId } from '../counters/counter.js';
import type { Sql } from '../database/sql.js';
import { dayOf, dayText, daysFrom, monthsFrom } from '../windows/calendar.js';
import { isBefore, lockClosing } from './closing.store.js';
import { recordDay, recordMonth } from './record.store.js';

/**
 * Notes which of the changed buckets lie in a day that had ended by `now`: its records may be closed already and must
 * be made anew. `gone` are those that could not be changed because they were removed: what was given back to them must
 * be taken from the records. Rows are only ever added here, so a consume never waits for the job that reads them.
 */
export async function noteLateFacts(
  sql: Sql,
  changes: ReadonlyMap<string, BucketChange>,
  gone: ReadonlySet<BucketChange>,
  now: Date,
): Promise<void> {
  const today = daysFrom(now, 0);
  const late = [...changes.values()].filter(({ id, delta }) => id.hour < today && delta !== 0n);
  if (late.length === 0) return;
  // Once for a day, unless it says how much: that is said for each.
  const changed = late.filter((change) => !gone.has(change));
  const days = new Map(changed.map(({ id }) => [`${id.ownerId} ${id.feature} ${dayText(id.hour)}`, id]));
  const facts: Fact[] = [
    ...[...days.values()].map((id) => ({ id, place: null, givenBack: null })),
    ...late
      .filter((change) => gone.has(change))
      .map(({ id, delta }) => ({ id, place: id, givenBack: -delta })),
  ];
  await sql.query(
    `insert into usage_late_fact (day, owner_id, feature, organization_id, principal, given_back)
     select * from unnest($1::date[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::bigint[])`,
    [
      facts.map(({ id }) => dayText(id.hour)),
      facts.map(({ id }) => id.ownerId),
      facts.map(({ id }) => id.feature),
      facts.map(({ place }) => place && (place.organizationId ?? PERSONAL)),
      facts.map(({ place }) => place && place.principal),
      facts.map(({ givenBack }) => givenBack),
    ],
  );
}

interface Fact {
  readonly id: BucketId;
  readonly place: BucketId | null;
  readonly givenBack: bigint | null;
}

interface LateFactRow {
  readonly id: string;
  readonly owner_id: string;
  readonly feature: string;
  readonly day: string;
}

/** Renews the records of closed days and months that were changed afterwards, each fact in its own. */
export async function recordLateFacts(sql: Sql, at: Date): Promise<number> {
  const [days, months] = [await lockClosing(sql, 'day'), await lockClosing(sql, 'month')];
  const facts = await sql.query<LateFactRow>(
    'select id, owner_id, feature, day::text from usage_late_fact order by id limit 10000',
    [],
  );
  const lateFacts = facts.map(({ id }) => id);
  const distinct = new Map(facts.map((fact) => [`${fact.owner_id} ${fact.feature} ${fact.day}`, fact]));
  let rows = 0;
  for (const { owner_id: ownerId, feature, day: text } of distinct.values()) {
    const day = dayOf(text);
    const month = monthsFrom(day, 0);
    const whose = { ownerId, feature };
    const kindOf = (start: Date, prunedBefore: Date | null) =>
      isBefore(start, prunedBefore) ? 'late' : 'sum';
    if (isBefore(day, days.closedBefore))
      rows += (await recordDay(sql, day, at, { kind: kindOf(day, days.prunedBefore), whose, lateFacts }))
        .changed;
    if (isBefore(month, months.closedBefore))
      rows += (await recordMonth(sql, month, at, { kind: kindOf(month, months.prunedBefore), whose }))
        .changed;
  }
  await sql.query('delete from usage_late_fact where id = any($1::bigint[])', [lateFacts]);
  return rows;
}
