import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys of other systems of ours, made by staff. */
export class ServiceKeys1764000310000 implements MigrationInterface {
  readonly name = 'ServiceKeys1764000310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table service_key (
        id uuid primary key,
        prefix text not null unique,
        secret_hash bytea not null,
        name text not null,
        scopes text[] not null constraint service_key_may_something check (cardinality(scopes) > 0),
        created_by uuid not null,
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz
      )
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table service_key');
  }
}
