import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records made from the buckets, and the owners whose rows a job shall remove. */
export class UsageRecords1764000130000 implements MigrationInterface {
  readonly name = 'UsageRecords1764000130000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table usage_day (
        owner_id uuid not null,
        feature text collate "C" not null,
        day date not null,
        organization_id uuid not null,
        principal text collate "C" not null,
        quantity bigint not null,
        taken_at timestamptz not null,
        primary key (owner_id, feature, day, organization_id, principal)
      );
      create index usage_day_day on usage_day (day);
      create table usage_month (
        owner_id uuid not null,
        feature text collate "C" not null,
        month date not null,
        quantity bigint not null,
        overage bigint not null,
        closed_at timestamptz not null,
        primary key (owner_id, feature, month)
      );
      create table usage_closing (step text primary key check (step in ('day', 'month')), closed_before date not null);
      create table usage_forgotten_owner (owner_id uuid primary key);
      create index usage_late_fact_owner on usage_late_fact (owner_id, day);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index usage_late_fact_owner');
    await runner.query('drop table usage_forgotten_owner, usage_closing, usage_month, usage_day');
  }
}
