import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when each provider's webhooks are watched, and when the last event of each came. */
export class BillingWebhookWatch1764000460000 implements MigrationInterface {
  readonly name = 'BillingWebhookWatch1764000460000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table webhook_watch (
        provider text primary key,
        began_at timestamptz not null,
        looked_at timestamptz not null,
        alerted_at timestamptz
      );
      create index inbox_event_heard on inbox_event (provider, received_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index inbox_event_heard; drop table webhook_watch');
  }
}
