import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when the periods of a provider's subscription are counted: it moves with a resume or another interval. */
export class BillingAnchors1764000450000 implements MigrationInterface {
  readonly name = 'BillingAnchors1764000450000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table provider_subscription add column billing_anchor timestamptz;
      update provider_subscription set billing_anchor = coalesce(trial_end, started_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table provider_subscription drop column billing_anchor');
  }
}
