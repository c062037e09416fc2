import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Overrides go with their owner. */
export class BillingOwnerOfOverrides1764000410000 implements MigrationInterface {
  readonly name = 'BillingOwnerOfOverrides1764000410000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table override add constraint override_owner
        foreign key (owner_id) references billing_owner (id) on delete cascade;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table override drop constraint override_owner');
  }
}
