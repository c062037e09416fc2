import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The limit that a counter was last held to: one statement can then hold many counters to a limit each. */
export class UsageHeldTo1764000120000 implements MigrationInterface {
  readonly name = 'UsageHeldTo1764000120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table usage_counter add column held_to bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table usage_counter drop column held_to');
  }
}
