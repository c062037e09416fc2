import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Logs of grants, for sliding windows (`rates/sliding-log.ts` has the rule and why it holds).
 *
 * The tables are logged, although rates are not money: an unlogged table is empty after a crash of Postgres, and
 * then a second full burst would pass in the same window. A log that nobody asks for any more is removed by the
 * grants of others, a few at a time, so that the tables hold what is used and no job is needed.
 */
export class EntitlementsRates1764000210000 implements MigrationInterface {
  readonly name = 'EntitlementsRates1764000210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FACTS);
    await runner.query(SPEND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function rate_spend, rate_facts');
    await runner.query('drop table rate_grant, rate_log');
  }
}

/** `kept_until` moves by whole hours: most updates touch no indexed column and stay within their page. */
const TABLES = `
  create table rate_log (
    id bigint generated always as identity primary key,
    key text not null,
    per_seconds integer not null check (per_seconds between 1 and 3600),
    granted bigint not null,
    last_at timestamptz not null,
    kept_until timestamptz not null,
    unique (key, per_seconds)
  ) with (fillfactor = 70);
  create index rate_log_kept_until on rate_log (kept_until);
  create table rate_grant (
    log_id bigint not null references rate_log (id) on delete cascade,
    at timestamptz not null,
    seq bigint not null,
    primary key (log_id, at, seq)
  )`;

/**
 * How each rate stands: how many grants count (at most the limit), and the instant of the one whose leaving frees the
 * next place. Instants and numbers of a log grow together, so the first one that counts tells how many do.
 */
const FACTS = `
  create function rate_facts(keys text[], limits bigint[], spans integer[], call_at timestamptz)
  returns table (place bigint, is_full boolean, used bigint, since timestamptz)
  language sql stable as $$
    select rate.place, counted.grants >= rate.allowed, least(counted.grants, rate.allowed),
      case when counted.grants <= rate.allowed then oldest.at else (
        select g.at from rate_grant g where g.log_id = log.id and g.at >= oldest.at
        order by g.at, g.seq offset counted.grants - rate.allowed limit 1
      ) end
    from unnest(keys, limits, spans) with ordinality as rate (key, allowed, span, place)
    left join rate_log log on log.key = rate.key and log.per_seconds = rate.span
    left join lateral (
      select g.at, g.seq from rate_grant g
      where g.log_id = log.id and g.at > call_at - make_interval(secs => rate.span)
      order by g.at, g.seq limit 1
    ) oldest on true
    cross join lateral (select coalesce(log.granted - oldest.seq + 1, 0) as grants) counted
  $$`;

/**
 * Takes a place of every rate, or of none. What is full already is refused without a lock, so that a flood waits for
 * nobody; grants are only ever added, so that answer stays true. Otherwise all logs are locked, in one order, whether they exist already or not:
 * \`on conflict … where false\` locks an existing row without writing it. Statements after that see all earlier
 * grants. Grants are forgotten 10 s after they stopped counting for us: clocks of other nodes may be behind ours.
 * Sequential scans are ruled out because plans outlive the time when the tables were small.
 */
const SPEND = `
  create function rate_spend(keys text[], limits bigint[], spans integer[], call_at timestamptz)
  returns table (place bigint, granted boolean, used bigint, since timestamptz)
  language plpgsql set enable_seqscan = off as $$
  #variable_conflict use_column
  declare
    fits boolean;
  begin
    select not bool_or(is_full) into fits from rate_facts(keys, limits, spans, call_at);

    if fits then
      insert into rate_log (key, per_seconds, granted, last_at, kept_until)
        select distinct rate.key, rate.span, 0, '-infinity'::timestamptz, call_at + interval '2 hours'
        from unnest(keys, spans) as rate (key, span) order by rate.key, rate.span
      on conflict (key, per_seconds) do update set granted = 0 where false;

      select not bool_or(is_full) into fits from rate_facts(keys, limits, spans, call_at);
    end if;

    if fits then
      with taken as (
        update rate_log log set granted = log.granted + 1, last_at = greatest(log.last_at, call_at),
          kept_until = date_trunc('hour', greatest(log.last_at, call_at) + interval '1 hour') + interval '2 hours'
        where (log.key, log.per_seconds) in (select * from unnest(keys, spans))
        returning log.id, log.last_at, log.granted
      )
      insert into rate_grant (log_id, at, seq) select id, last_at, granted from taken;

      delete from rate_grant g using rate_log log
      where (log.key, log.per_seconds) in (select * from unnest(keys, spans)) and g.log_id = log.id
        and g.at <= call_at - make_interval(secs => log.per_seconds) - interval '10 seconds';

      delete from rate_log where id in (
        select id from rate_log where kept_until <= call_at order by kept_until limit 8 for update skip locked
      );
    end if;

    return query select facts.place, fits, facts.used, facts.since
      from rate_facts(keys, limits, spans, call_at) facts;
  end $$`;
