import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a deleted owner used is forgotten by a job. A foreign key would say the same, but its check takes a lock on the
 * owner's row in every first consume of a window, and would let consumes wait for whoever changes the owner.
 */
export class UsageOfOwners1764000411000 implements MigrationInterface {
  readonly name = 'UsageOfOwners1764000411000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function forget_usage_of_owner() returns trigger language plpgsql as $$
      begin
        insert into usage_forgotten_owner (owner_id) values (old.id) on conflict do nothing;
        return old;
      end $$;
      create trigger billing_owner_usage after delete on billing_owner
        for each row execute function forget_usage_of_owner();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger billing_owner_usage on billing_owner');
    await runner.query('drop function forget_usage_of_owner()');
  }
}
