import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The sample's own users and everything that proves who calls. `api_key.user_id` is text without a foreign key,
 * because users may live at an identity provider and have no row here.
 */
export class SampleUsers1764000300000 implements MigrationInterface {
  readonly name = 'SampleUsers1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app_user (
        id uuid primary key,
        email text not null constraint app_user_email_taken unique check (email = lower(email)),
        name text,
        password_hash text not null,
        created_at timestamptz not null
      );
      create table refresh_token (
        id uuid primary key,
        user_id uuid not null references app_user (id) on delete cascade,
        family uuid not null,
        token_hash bytea not null unique,
        expires_at timestamptz not null,
        used_at timestamptz,
        revoked_at timestamptz
      );
      create index refresh_token_family on refresh_token (family);
      create index refresh_token_user on refresh_token (user_id);
      create index refresh_token_expiry on refresh_token (expires_at);
      create table api_key (
        id uuid primary key,
        prefix text not null unique,
        secret_hash bytea not null,
        user_id text,
        organization_id uuid,
        created_by text not null,
        name text not null,
        scopes text[] not null default '{}',
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz,
        constraint api_key_acts_for_one check (num_nonnulls(user_id, organization_id) = 1)
      );
      create index api_key_user on api_key (user_id) where user_id is not null;
      create index api_key_organization on api_key (organization_id) where organization_id is not null;
      create table login_attempt (
        key bytea primary key,
        failures integer not null,
        last_at timestamptz not null,
        blocked_until timestamptz not null
      );
      create index login_attempt_age on login_attempt (last_at);
      create table staff_member (
        id uuid primary key,
        email text not null constraint staff_member_email_taken unique check (email = lower(email)),
        name text not null,
        role text not null,
        password_hash text not null,
        created_at timestamptz not null,
        disabled_at timestamptz
      );
      create table staff_session (
        id uuid primary key,
        token_hash bytea not null unique,
        member_id uuid not null references staff_member (id) on delete cascade,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz
      );
      create index staff_session_member on staff_session (member_id);
      create index staff_session_expiry on staff_session (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table staff_session, staff_member, login_attempt, api_key, refresh_token, app_user',
    );
  }
}
