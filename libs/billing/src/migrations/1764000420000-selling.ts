import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Price lists, commands to providers, pending changes, trials, alerts, money back and reconcile's findings. */
export class BillingSelling1764000420000 implements MigrationInterface {
  readonly name = 'BillingSelling1764000420000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WIDENED);
    await runner.query(COMMANDS);
    await runner.query(FINDINGS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table reconcile_difference, reconcile_run, money_back, billing_alert, plan_change, provider_command, price_list;
      alter table checkout drop column trial_days, drop column replaces_provider, drop column replaces_subscription_id;
      alter table inbox_event drop column topic, drop column customer_id, drop column checkout_id, drop column money_back;
      alter table provider_subscription drop column price_ref, drop column paused_at, drop column resumes_at,
        drop column pending_price_ref, drop column pending_seats, drop column pending_at, drop column raw_status;
      alter table subscription drop column trial_used_at;
    `);
  }
}

const WIDENED = `
  alter table subscription add column trial_used_at timestamptz;
  update subscription s set trial_used_at = t.since from (
    select owner_id, min(coalesce(started_at, fetched_at)) as since from provider_subscription
    where trial_end is not null group by owner_id) t
  where t.owner_id = s.owner_id;
  alter table provider_subscription
    add column raw_status text,
    add column price_ref text,
    add column paused_at timestamptz,
    add column resumes_at timestamptz,
    add column pending_price_ref text,
    add column pending_seats integer,
    add column pending_at timestamptz;
  create index provider_subscription_of_customer on provider_subscription (provider, customer_id);
  alter table inbox_event
    add column topic text,
    add column customer_id text,
    add column checkout_id text,
    add column money_back jsonb;
  create index inbox_event_quarantined on inbox_event (provider, note) where state = 'quarantined';
  alter table checkout
    add column trial_days integer,
    add column replaces_provider text,
    add column replaces_subscription_id text;
  create index checkout_of_owner on checkout (owner_id, created_at);
  create table price_list (
    provider text primary key,
    prices jsonb not null,
    fetched_at timestamptz not null
  );
`;

const COMMANDS = `
  create table provider_command (
    id uuid primary key,
    owner_id uuid not null references billing_owner (id) on delete cascade,
    provider text not null,
    subscription_id text not null,
    revision integer not null,
    call jsonb not null,
    state text not null check (state in ('pending', 'done', 'refused', 'superseded', 'stale')),
    outcome text,
    created_at timestamptz not null,
    attempted_at timestamptz,
    finished_at timestamptz,
    unique (provider, subscription_id, revision)
  );
  create index provider_command_of_owner on provider_command (owner_id, created_at);
  create index provider_command_pending on provider_command (provider, subscription_id) where state = 'pending';
  create table plan_change (
    id uuid primary key,
    owner_id uuid not null references billing_owner (id) on delete cascade,
    provider text not null,
    subscription_id text not null,
    from_plan text not null,
    plan text not null,
    interval text not null check (interval in ('month', 'year')),
    seats integer,
    price_ref text not null,
    effective_at timestamptz not null,
    state text not null check (state in ('scheduled', 'sent', 'applied', 'revoked', 'superseded', 'refused')),
    command_id uuid,
    created_at timestamptz not null,
    ended_at timestamptz
  );
  create unique index plan_change_pending on plan_change (provider, subscription_id) where state in ('scheduled', 'sent');
  create index plan_change_due on plan_change (effective_at) where state = 'scheduled';
  create index plan_change_of_command on plan_change (command_id);
  create index plan_change_of_owner on plan_change (owner_id);
`;

const FINDINGS = `
  create table billing_alert (
    id uuid primary key,
    kind text not null,
    subject text not null,
    owner_id uuid references billing_owner (id) on delete cascade,
    details jsonb not null,
    raised_at timestamptz not null,
    resolved_at timestamptz,
    resolution text
  );
  create unique index billing_alert_open on billing_alert (kind, subject) where resolved_at is null;
  create index billing_alert_of_owner on billing_alert (owner_id);
  create table money_back (
    provider text not null,
    kind text not null check (kind in ('refund', 'dispute')),
    id text not null,
    payment_id text,
    customer_id text,
    owner_id uuid references billing_owner (id) on delete cascade,
    amount bigint,
    currency text,
    status text,
    reason text,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    primary key (provider, kind, id)
  );
  create index money_back_of_owner on money_back (owner_id);
  create table reconcile_run (
    id uuid primary key,
    provider text not null,
    scope text not null check (scope in ('recent', 'full')),
    started_at timestamptz not null,
    finished_at timestamptz,
    listed integer,
    differing integer,
    error text
  );
  create index reconcile_run_latest on reconcile_run (provider, scope, started_at);
  create table reconcile_difference (
    id uuid primary key,
    run_id uuid not null references reconcile_run (id) on delete cascade,
    provider text not null,
    subscription_id text not null,
    owner_id uuid references billing_owner (id) on delete cascade,
    field text not null,
    ours text,
    theirs text,
    found_at timestamptz not null,
    repaired_at timestamptz
  );
  create index reconcile_difference_found on reconcile_difference (found_at);
  create index reconcile_difference_open on reconcile_difference (provider, subscription_id) where repaired_at is null;
  create index reconcile_difference_of_owner on reconcile_difference (owner_id);
  create index reconcile_difference_of_run on reconcile_difference (run_id);
`;
