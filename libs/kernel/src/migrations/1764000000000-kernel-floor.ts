import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Test clock, leases, audit, work and jobs. */
export class KernelFloor1764000000000 implements MigrationInterface {
  readonly name = 'KernelFloor1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table test_clock (
        id boolean primary key default true check (id),
        offset_ms bigint not null,
        frozen_at timestamptz
      );
      create table lease (
        name text primary key,
        token bigint not null,
        expires_at timestamptz not null
      );
      create table audit_entry (
        id uuid primary key,
        at timestamptz not null,
        actor text not null,
        action text not null,
        subject_type text not null,
        subject_id text not null,
        owner_id uuid,
        reason text,
        before jsonb,
        after jsonb,
        request_id text
      );
      create index audit_entry_owner on audit_entry (owner_id, at desc, id desc);
      create function audit_entry_is_insert_only() returns trigger language plpgsql as $$
        begin raise exception 'audit rows are never changed'; end $$;
      create trigger audit_entry_insert_only before update or delete or truncate on audit_entry
        for each statement execute function audit_entry_is_insert_only();
      create table work_item (
        id uuid primary key,
        kind text not null,
        key text not null,
        payload jsonb not null,
        revision integer not null default 0,
        state text not null default 'pending' check (state in ('pending', 'dead')),
        attempts integer not null default 0,
        next_attempt_at timestamptz not null,
        leased_until timestamptz,
        lease_token bigint not null default 0,
        last_error text,
        created_at timestamptz not null
      );
      create unique index work_item_waiting on work_item (kind, key) where state = 'pending';
      create index work_item_due on work_item (next_attempt_at) where state = 'pending';
      create table job (
        name text primary key,
        next_due_at timestamptz not null
      );
      create table job_run (
        id uuid primary key,
        job_name text not null references job (name),
        started_at timestamptz not null,
        finished_at timestamptz,
        rows bigint,
        error text
      );
      create index job_run_latest on job_run (job_name, started_at desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table job_run, job, work_item, audit_entry, lease, test_clock;
      drop function audit_entry_is_insert_only();
    `);
  }
}
