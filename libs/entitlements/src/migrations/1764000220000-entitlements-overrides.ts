import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exceptions of staff. The owner's foreign key is added by billing, which owns the table it points to. */
export class EntitlementsOverrides1764000220000 implements MigrationInterface {
  readonly name = 'EntitlementsOverrides1764000220000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table override (
        id uuid primary key,
        owner_id uuid not null,
        feature text not null,
        enabled boolean not null,
        quantity bigint check (quantity >= -1),
        from_at timestamptz not null,
        to_at timestamptz,
        reason text not null,
        author text not null,
        check (to_at is null or to_at >= from_at),
        check (enabled or quantity is null)
      );
      create index override_of_owner on override (owner_id, from_at desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table override');
  }
}
