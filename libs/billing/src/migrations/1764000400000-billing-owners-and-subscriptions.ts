import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owners, organizations, subscriptions, provider objects, price map, checkouts and the inbox. */
export class BillingOwnersAndSubscriptions1764000400000 implements MigrationInterface {
  readonly name = 'BillingOwnersAndSubscriptions1764000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(OWNERS);
    await runner.query(SUBSCRIPTIONS);
    await runner.query(SELLING);
    await runner.query(INBOX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table assignment drop constraint assignment_owner;
      alter table capacity_counter drop constraint capacity_counter_owner;
      drop table inbox_event, checkout, price_map, provider_subscription, provider_customer, subscription,
        membership, organization, billing_owner;
    `);
  }
}

const OWNERS = `
  create table billing_owner (
    id uuid primary key,
    user_id text not null unique,
    created_at timestamptz not null
  );
  alter table assignment add constraint assignment_owner
    foreign key (owner_id) references billing_owner (id) on delete cascade;
  alter table capacity_counter add constraint capacity_counter_owner
    foreign key (owner_id) references billing_owner (id) on delete cascade;
  create table organization (
    id uuid primary key,
    name text not null,
    billing_owner_id uuid not null references billing_owner (id),
    created_by text not null,
    created_at timestamptz not null
  );
  create index organization_of_owner on organization (billing_owner_id);
  create table membership (
    id uuid primary key,
    organization_id uuid not null references organization (id) on delete cascade,
    user_id text not null,
    role text not null check (role in ('owner', 'admin', 'member', 'billing', 'viewer')),
    state text not null check (state in ('active', 'suspended', 'awaiting_seat', 'declined')),
    created_at timestamptz not null,
    unique (organization_id, user_id)
  );
  create index membership_of_user on membership (user_id);
`;

const SUBSCRIPTIONS = `
  create table subscription (
    id uuid primary key default gen_random_uuid(),
    owner_id uuid not null unique references billing_owner (id) on delete cascade,
    plan text not null default 'free',
    status text not null default 'active' check (status in
      ('trialing', 'active', 'past_due', 'unpaid', 'incomplete', 'incomplete_expired', 'paused', 'canceled')),
    provider text not null default 'polar',
    provider_customer_id text,
    provider_subscription_id text,
    current_period_start timestamptz,
    current_period_end timestamptz,
    trial_end timestamptz,
    cancel_at timestamptz,
    past_due_since timestamptz,
    grace_until timestamptz,
    seats integer,
    amount bigint,
    currency text,
    interval text check (interval in ('month', 'year')),
    updated_at timestamptz not null default now()
  );
  create table provider_customer (
    provider text not null,
    owner_id uuid not null references billing_owner (id) on delete cascade,
    customer_id text not null,
    created_at timestamptz not null,
    primary key (provider, owner_id),
    unique (provider, customer_id)
  );
  create table provider_subscription (
    provider text not null,
    id text not null,
    owner_id uuid not null references billing_owner (id) on delete cascade,
    customer_id text not null,
    plan text not null,
    plan_rule text not null,
    status text not null,
    product_id text,
    price_id text,
    current_period_start timestamptz,
    current_period_end timestamptz,
    trial_end timestamptz,
    cancel_at timestamptz,
    canceled_at timestamptz,
    ended_at timestamptz,
    past_due_since timestamptz,
    started_at timestamptz,
    seats integer not null,
    amount bigint,
    currency text,
    interval text,
    modified_at timestamptz,
    fetched_at timestamptz not null,
    next_look_at timestamptz,
    primary key (provider, id)
  );
  create index provider_subscription_of_owner on provider_subscription (owner_id);
  create index provider_subscription_next_look on provider_subscription (next_look_at) where next_look_at is not null;
`;

const SELLING = `
  create table price_map (
    provider text not null,
    external_id text not null,
    plan text not null,
    interval text not null check (interval in ('month', 'year')),
    for_sale boolean not null,
    source text not null check (source in ('environment', 'staff')),
    created_at timestamptz not null,
    primary key (provider, external_id)
  );
  create unique index price_map_for_sale on price_map (provider, plan, interval) where for_sale;
  create table checkout (
    id uuid primary key,
    owner_id uuid not null references billing_owner (id) on delete cascade,
    provider text not null,
    provider_checkout_id text not null,
    plan text not null,
    interval text not null,
    seats integer,
    url text not null,
    state text not null check (state in ('open', 'completed', 'superseded', 'expired')),
    created_at timestamptz not null,
    expires_at timestamptz not null
  );
  create unique index checkout_open on checkout (owner_id) where state = 'open';
`;

const INBOX = `
  create table inbox_event (
    id uuid primary key,
    provider text not null,
    event_id text not null,
    type text not null,
    subscription_id text,
    payload text not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    state text not null check (state in ('received', 'handled', 'ignored', 'quarantined')),
    note text,
    handled_at timestamptz,
    unique (provider, event_id)
  );
  create index inbox_event_waiting on inbox_event (provider, subscription_id) where state = 'received';
`;
