import type { DataSource } from 'typeorm';

/** Makes every insert into the table fail while `work` runs, as if the database cancelled the statement. */
export async function whileInsertsFail(
  database: DataSource,
  table: string,
  work: () => Promise<void>,
): Promise<void> {
  await database.query(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'planted' using errcode = '57014'; end $$;
    create trigger refuse before insert on ${table} for each row execute function refuse();
  `);
  try {
    await work();
  } finally {
    await database.query('drop function refuse() cascade');
  }
}
