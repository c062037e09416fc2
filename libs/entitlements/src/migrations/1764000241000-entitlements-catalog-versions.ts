import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['catalog_version', 'plan', 'feature', 'allowance'] as const;

/**
 * What was published never changes: rows are inserted by the transaction that makes their version, and nobody
 * changes, removes or adds any afterwards. Drafts, which are to be published, and an index by which publishing
 * finds out who holds a plan in constant time.
 */
export class EntitlementsCatalogVersions1764000241000 implements MigrationInterface {
  readonly name = 'EntitlementsCatalogVersions1764000241000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table catalog_version add made_in xid8 not null default pg_current_xact_id();

      create function catalog_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'a published catalog version never changes; publish a new one' using errcode = 'restrict_violation';
      end $$;

      create function catalog_refuse_late_row() returns trigger language plpgsql as $$
      begin
        if not exists (
          select 1 from catalog_version
          where version = new.catalog_version and made_in = pg_current_xact_id()
        ) then
          raise exception 'catalog version % is published and never changes', new.catalog_version
            using errcode = 'restrict_violation';
        end if;
        return new;
      end $$;
    `);
    for (const table of TABLES) {
      await runner.query(`
        create trigger ${table}_insert_only before update or delete or truncate on "${table}"
          for each statement execute function catalog_refuse_change();
      `);
      if (table === 'catalog_version') continue;
      await runner.query(`
        create trigger ${table}_with_its_version before insert on "${table}"
          for each row execute function catalog_refuse_late_row();
      `);
    }
    await runner.query(`
      create table catalog_draft (
        id uuid primary key,
        base integer references catalog_version (version),
        form json not null,
        revision integer not null check (revision > 0),
        author text not null,
        reason text not null,
        created_at timestamptz not null,
        changed_by text not null,
        changed_at timestamptz not null,
        state text not null check (state in ('open', 'published', 'discarded')),
        published_as integer references catalog_version (version),
        check ((state = 'published') = (published_as is not null))
      );
      create index catalog_draft_open on catalog_draft (id) where state = 'open';

      create index assignment_of_plan on assignment (plan, catalog_version, (coalesce(to_at, 'infinity')));
      create index override_of_feature on override (feature, (coalesce(to_at, 'infinity')));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index assignment_of_plan, override_of_feature;
      drop table catalog_draft;
    `);
    for (const table of TABLES) {
      await runner.query(`drop trigger ${table}_insert_only on "${table}"`);
      if (table !== 'catalog_version')
        await runner.query(`drop trigger ${table}_with_its_version on "${table}"`);
    }
    await runner.query(`
      drop function catalog_refuse_change, catalog_refuse_late_row;
      alter table catalog_version drop made_in;
    `);
  }
}
