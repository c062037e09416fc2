import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every feature says of failures: how long the last known answer holds, and when units are kept. */
export class EntitlementsCatalogPolicies1764000240000 implements MigrationInterface {
  readonly name = 'EntitlementsCatalogPolicies1764000240000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table feature
        add last_known_seconds integer check (last_known_seconds between 1 and 300),
        add charge_on text not null default 'success' check (charge_on in ('success', 'attempt'));
      update feature set last_known_seconds = 300 where kind = 'flag';
      alter table feature alter charge_on drop default;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table feature drop last_known_seconds, drop charge_on');
  }
}
