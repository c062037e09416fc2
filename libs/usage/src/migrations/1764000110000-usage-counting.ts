import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is counted in windows. The tables that every consume writes have no foreign key to the owner: the check would
 * wait for whoever holds the owner's row. Billing deletes by trigger instead (docs/decisions/0009-group-commit.md).
 */
export class UsageCounting1764000110000 implements MigrationInterface {
  readonly name = 'UsageCounting1764000110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COUNTERS);
    await runner.query(GRANTS);
    await runner.query(NOTES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table usage_writer, usage_late_fact, usage_threshold, usage_overage, usage_grant,
      usage_bucket, usage_counter`);
  }
}

// Room in the pages keeps updates from touching an index. The hour comes first in a bucket's key: whatever the
// number of owners and years, consumes write to the last pages of the index only.
const COUNTERS = `
  create table usage_counter (
    owner_id uuid not null,
    feature text collate "C" not null,
    window_start timestamptz not null,
    window_end timestamptz not null,
    used bigint not null check (used >= 0),
    overage bigint not null default 0 check (overage >= 0),
    carried bigint not null default 0,
    primary key (owner_id, feature, window_start)
  ) with (fillfactor = 50);
  create table usage_bucket (
    hour timestamptz not null,
    owner_id uuid not null,
    feature text collate "C" not null,
    organization_id uuid not null,
    principal text collate "C" not null,
    window_start timestamptz not null,
    quantity bigint not null check (quantity >= 0),
    primary key (hour, owner_id, feature, organization_id, principal, window_start)
  ) with (fillfactor = 50);
`;

const GRANTS = `
  create table usage_grant (
    id uuid primary key,
    owner_id uuid not null,
    key text collate "C",
    organization_id uuid,
    principal text not null,
    at timestamptz not null,
    state text not null check (state in ('reserved', 'committed', 'released', 'expired')),
    expires_at timestamptz,
    settled_at timestamptz,
    features text[] not null,
    window_starts timestamptz[] not null,
    quantities bigint[] not null,
    counted bigint[] not null,
    overages bigint[] not null
  );
  create unique index usage_grant_key on usage_grant (owner_id, key) where key is not null;
  create index usage_grant_expiry on usage_grant (expires_at) where state = 'reserved';
  create index usage_grant_at on usage_grant using brin (at);
`;

const NOTES = `
  create table usage_overage (
    id uuid primary key,
    grant_id uuid not null,
    owner_id uuid not null,
    organization_id uuid,
    feature text not null,
    window_start timestamptz not null,
    quantity bigint not null check (quantity > 0),
    at timestamptz not null,
    state text not null default 'pending' check (state in ('pending', 'reported', 'parked')),
    state_at timestamptz,
    note text,
    returned_at timestamptz
  );
  create index usage_overage_pending on usage_overage (id) where state = 'pending';
  create index usage_overage_grant on usage_overage (grant_id);
  create index usage_overage_owner on usage_overage (owner_id, feature, at);
  create table usage_threshold (
    owner_id uuid not null,
    feature text collate "C" not null,
    window_start timestamptz not null,
    percent smallint not null,
    used bigint not null,
    "limit" bigint not null,
    reached_at timestamptz not null,
    primary key (owner_id, feature, window_start, percent)
  );
  create index usage_threshold_reached on usage_threshold (reached_at);
  create table usage_late_fact (
    id bigint generated always as identity primary key,
    day date not null,
    owner_id uuid not null,
    feature text not null
  );
  create table usage_writer (
    id uuid primary key,
    epoch bigint not null,
    batch bigint not null,
    seen_at timestamptz not null
  ) with (fillfactor = 10);
`;
