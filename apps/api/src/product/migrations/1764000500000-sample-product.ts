import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The sample product's own tables; they name users and organizations by id only. */
export class SampleProduct1764000500000 implements MigrationInterface {
  readonly name = 'SampleProduct1764000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table workflow (
        id uuid primary key,
        name text not null,
        user_id text not null,
        organization_id uuid,
        created_at timestamptz not null
      );
      create index workflow_of_user on workflow (user_id, created_at) where organization_id is null;
      create index workflow_of_organization on workflow (organization_id, created_at) where organization_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table workflow');
  }
}
