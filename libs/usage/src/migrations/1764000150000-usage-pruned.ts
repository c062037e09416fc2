import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far hours and days were removed, and units given back to an hour that is gone. */
export class UsagePruned1764000150000 implements MigrationInterface {
  readonly name = 'UsagePruned1764000150000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table usage_closing add column pruned_before date;
      alter table usage_late_fact add column organization_id uuid, add column principal text collate "C",
        add column given_back bigint check (given_back > 0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table usage_late_fact drop column given_back, drop column principal, drop column organization_id;
      alter table usage_closing drop column pruned_before;
    `);
  }
}
