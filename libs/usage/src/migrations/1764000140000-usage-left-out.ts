import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the last batch of a writer left uncounted: after a lost answer its row tells the whole outcome. */
export class UsageLeftOut1764000140000 implements MigrationInterface {
  readonly name = 'UsageLeftOut1764000140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table usage_writer add column left_out integer[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table usage_writer drop column left_out');
  }
}
