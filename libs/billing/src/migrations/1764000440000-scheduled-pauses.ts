import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pauses that have not begun yet. */
export class BillingScheduledPauses1764000440000 implements MigrationInterface {
  readonly name = 'BillingScheduledPauses1764000440000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table provider_subscription add column pauses_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table provider_subscription drop column pauses_at');
  }
}
