/** What a batch needs beyond the counting itself; each need has its own text, so that the others do not pay for it. */
export interface FastNeeds {
  /** A window opens with the units of one that was cut short. */
  readonly opening: boolean;
  /** Some of the grants are remembered: keys, reservations. */
  readonly remembered: boolean;
}

/**
 * The statement that counts a batch as a whole, which is its own transaction: counters, each held to its own room,
 * then buckets, thresholds and grants of those counted, and the batch's number.
 *
 * Parameters: the writer ($1 id, $2 epoch, $3 batch, $4 now), then those of `fastParameters`. Gives one row: `used` of
 * those counted, in the order in which they were asked for, and the places of those left out. (A returned row of its
 * own for each counter would cost a tenth of the time.)
 */
export function fastStatement({ opening, remembered }: FastNeeds): string {
  const openings = opening ? (remembered ? '$28' : '$20') : null;
  return `with fence as materialized (
      select 1 from usage_writer where id = $1::uuid and epoch = $2::bigint for update)
    ${remembered ? KNOWN : ''}, counted as (${counting(openings, remembered)}),
    left_out as materialized (${LEFT_OUT}), bucketed as (${BUCKETS}), told as (${THRESHOLDS}),
    ${remembered ? `granted as (${GRANTS}),` : ''} noted as (${NOTE})
    select (select string_agg(used::text, ',') from counted) as used, array(select place from left_out) as left_out`;
}

const COUNTERS =
  'unnest($9::uuid[], $10::integer[], $11::integer[], $12::bigint[], $13::bigint[], $14::integer[])';
const COLUMNS = 'owner_id, feature, "window", quantity, room, at';

const feature = (place: string): string => `($6::text[])[${place}]`;
const start = (place: string): string => `($7::timestamptz[])[${place}]`;
const end = (place: string): string => `($8::timestamptz[])[${place}]`;
const instant = (place: string): string => `($5::timestamptz[])[${place}]`;

/** The counter that a bucket or a grant belongs to: owner, feature and start of the window. */
const counterOf = (place: string): string =>
  `($9::uuid[])[${place}], ${feature(`($10::integer[])[${place}]`)}, ${start(`($11::integer[])[${place}]`)}`;

/** Owners who used one of the keys before: their wishes are decided in order. */
const KNOWN = `, known as materialized (
      select g.owner_id from unnest($20::integer[], $22::text[]) as k (counter, key)
      join usage_grant g on g.owner_id = ($9::uuid[])[k.counter] and g.key = k.key)`;

/** `openings` is the parameter with the starts of the windows that those of this batch open with. */
const lookAtOpening = (openings: string): string => `left join lateral (
      select used from usage_counter o
      where o.owner_id = w.owner_id and o.feature = ${feature('w.feature')} and o.window_start <> ${start('w."window"')}
        and o.window_start <= (${openings}::timestamptz[])[w."window"] and o.window_end > (${openings}::timestamptz[])[w."window"]
      order by o.window_start desc limit 1) o on true`;

function counting(openings: string | null, remembered: boolean): string {
  const carried = openings ? 'coalesce(o.used, 0)' : '0::bigint';
  return `insert into usage_counter as c (owner_id, feature, window_start, window_end, used, carried, held_to)
    select w.owner_id, ${feature('w.feature')}, ${start('w."window"')}, ${end('w."window"')}, ${carried} + w.quantity,
      ${carried}, w.room
    from ${COUNTERS} as w (${COLUMNS}) ${openings ? lookAtOpening(openings) : ''}
    where exists (select 1 from fence) and w.quantity <= w.room - ${carried}
      ${remembered ? 'and (w.owner_id in (select owner_id from known)) is not true' : ''}
    on conflict (owner_id, feature, window_start) do update
      set used = c.used + (excluded.used - excluded.carried), held_to = excluded.held_to
      where c.used <= excluded.held_to - (excluded.used - excluded.carried)
    returning c.owner_id, c.feature, c.window_start, c.used, c.held_to`;
}

// Looked for only if one is missing. "is true" keeps the test from becoming a join, whose generic plan would compare
// every row with every other: it is a hashed subplan.
const LEFT_OUT = `
    select w.place::integer from ${COUNTERS} with ordinality as w (${COLUMNS}, place)
    where (select count(*) from counted) < cardinality($9::uuid[])
      and ((w.owner_id, ${feature('w.feature')}, ${start('w."window"')})
        in (select owner_id, feature, window_start from counted)) is not true`;

const isCounted = (counter: string): string => `(${counter} in (select place from left_out)) is not true`;

const BUCKETS = `
    insert into usage_bucket as b (hour, owner_id, feature, window_start, organization_id, principal, quantity)
    select ${instant('n.hour')}, ${counterOf('n.counter')}, n.organization_id, n.principal, n.quantity
    from unnest($15::integer[], $16::integer[], $17::uuid[], $18::text[], $19::bigint[])
      as n (counter, hour, organization_id, principal, quantity)
    where ${isCounted('n.counter')}
    on conflict (hour, owner_id, feature, organization_id, principal, window_start)
      do update set quantity = b.quantity + excluded.quantity`;

// No limit is held to the largest count: it has no shares. Most counters are below all shares, which the first test
// tells; the instant is only looked up for what is new.
const THRESHOLDS = `
    insert into usage_threshold (owner_id, feature, window_start, percent, used, "limit", reached_at)
    select c.owner_id, c.feature, c.window_start, s.percent, c.used, c.held_to,
      (select ${instant('w.at')} from ${COUNTERS} as w (${COLUMNS})
        where (w.owner_id, ${feature('w.feature')}, ${start('w."window"')}) = (c.owner_id, c.feature, c.window_start))
    from counted c cross join lateral (values (80, c.held_to - c.held_to / 5), (100, c.held_to)) as s (percent, units)
    where c.used >= c.held_to - c.held_to / 5 and c.used >= s.units and c.held_to between 1 and 9223372036854775806
      and not exists (
        select 1 from usage_threshold t where (t.owner_id, t.feature, t.window_start, t.percent)
          = (c.owner_id, c.feature, c.window_start, s.percent))
    on conflict do nothing`;

// Keys go in plainly: one that somebody used meanwhile ends the whole statement, which is then decided in order.
const GRANTS = `
    insert into usage_grant (owner_id, features, window_starts, id, key, organization_id, principal, at, state,
      expires_at, quantities, counted, overages)
    select ($9::uuid[])[g.counter], array[${feature('($10::integer[])[g.counter]')}],
      array[${start('($11::integer[])[g.counter]')}], g.id, g.key, g.organization_id, g.principal, ${instant('g.at')},
      case when g.expires_at is null then 'committed' else 'reserved' end, g.expires_at, array[g.quantity],
      array[g.quantity], array[0::bigint]
    from unnest($20::integer[], $21::uuid[], $22::text[], $23::uuid[], $24::text[], $25::integer[], $26::timestamptz[],
      $27::bigint[]) as g (counter, id, key, organization_id, principal, at, expires_at, quantity)
    where ${isCounted('g.counter')}`;

const NOTE = `
    update usage_writer set batch = $3::bigint, seen_at = $4::timestamptz,
      left_out = nullif(array(select place from left_out), '{}')
    where id = $1 and exists (select 1 from counted)`;
