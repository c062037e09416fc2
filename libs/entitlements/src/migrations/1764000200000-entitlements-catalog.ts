import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Catalog versions with their plans, features and allowances; assignments. */
export class EntitlementsCatalog1764000200000 implements MigrationInterface {
  readonly name = 'EntitlementsCatalog1764000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table catalog_version (
        version integer primary key check (version > 0),
        published_at timestamptz not null,
        author text not null,
        reason text not null
      );
      create table plan (
        catalog_version integer not null references catalog_version (version),
        key text not null,
        name text not null,
        rank integer not null,
        grace_days integer not null check (grace_days >= 0),
        per_seat boolean not null,
        is_default boolean not null,
        primary key (catalog_version, key),
        unique (catalog_version, rank)
      );
      create unique index plan_default on plan (catalog_version) where is_default;
      create table feature (
        catalog_version integer not null references catalog_version (version),
        key text not null,
        name text not null,
        kind text not null check (kind in ('flag', 'quota', 'capacity', 'ceiling')),
        enabled boolean not null,
        counted_by text not null check (counted_by in ('owner', 'organization')),
        quota_window text check (quota_window in ('hour', 'day', 'month', 'billing_period')),
        rollout jsonb,
        rates jsonb not null,
        over_limit text not null check (over_limit in ('block_new', 'freeze_newest')),
        primary key (catalog_version, key),
        check ((kind = 'quota') = (quota_window is not null))
      );
      create table allowance (
        catalog_version integer not null,
        plan text not null,
        feature text not null,
        quantity bigint check (quantity >= -1),
        overage text not null check (overage in ('deny', 'allow')),
        primary key (catalog_version, plan, feature),
        foreign key (catalog_version, plan) references plan (catalog_version, key),
        foreign key (catalog_version, feature) references feature (catalog_version, key)
      );
      create table assignment (
        id uuid primary key,
        owner_id uuid not null,
        plan text not null,
        source text not null check (source in ('subscription', 'lifetime', 'staff', 'trial')),
        from_at timestamptz not null,
        to_at timestamptz,
        grace_since timestamptz,
        lapsed text check (lapsed in ('payment_past_due', 'canceled', 'trial_ended', 'paused', 'expired')),
        billing_anchor timestamptz,
        catalog_version integer references catalog_version (version),
        check (to_at is null or to_at >= from_at)
      );
      create index assignment_of_owner on assignment (owner_id, from_at desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table assignment, allowance, feature, plan, catalog_version');
  }
}
