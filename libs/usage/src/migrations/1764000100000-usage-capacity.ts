import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Standing counts. The owner's foreign key is added by billing, which owns the table it points to. */
export class UsageCapacity1764000100000 implements MigrationInterface {
  readonly name = 'UsageCapacity1764000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table capacity_counter (
        owner_id uuid not null,
        feature text not null,
        space text not null,
        used bigint not null check (used >= 0),
        primary key (owner_id, feature, space)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table capacity_counter');
  }
}
