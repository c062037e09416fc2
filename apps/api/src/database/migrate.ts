import { connect } from './connect.js';

/** One number for all processes that migrate the same database. */
const MIGRATION_LOCK = 7_041_776_001;

/** A migration may rewrite a table, and one process waits for another's. */
const AS_LONG_AS_IT_TAKES = 0;

/** Runs the migrations that are missing, one process at a time. */
export async function migrate(databaseUrl: string): Promise<void> {
  const dataSource = await connect(databaseUrl, AS_LONG_AS_IT_TAKES);
  try {
    const lock = dataSource.createQueryRunner();
    try {
      await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await dataSource.runMigrations({ transaction: 'each' });
      await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    } finally {
      await lock.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
