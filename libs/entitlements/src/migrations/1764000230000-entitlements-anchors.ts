import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where an owner's billing periods were counted from before the anchor moved, and when it did: the first window
 * under a moved anchor opens with the units of the window that the move cut short.
 */
export class EntitlementsAnchors1764000230000 implements MigrationInterface {
  readonly name = 'EntitlementsAnchors1764000230000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table assignment add column anchor_since timestamptz, add column anchor_before timestamptz;
      alter table assignment add constraint assignment_anchor check (anchor_before is null or anchor_since is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table assignment drop constraint assignment_anchor;
      alter table assignment drop column anchor_before, drop column anchor_since;
    `);
  }
}
