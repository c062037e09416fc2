import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When which use was first told to which provider. */
export class BillingUsageReports1764000430000 implements MigrationInterface {
  readonly name = 'BillingUsageReports1764000430000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table usage_report (
        overage_id uuid primary key,
        provider text not null,
        customer_id text not null,
        first_sent_at timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table usage_report');
  }
}
