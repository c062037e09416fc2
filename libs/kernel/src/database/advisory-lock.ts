import type { Transaction } from './transaction.js';

/** Waits for the named lock and holds it until the transaction ends. Names live in one space for all of Tollgate. */
export async function lockInTransaction(tx: Transaction, name: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`tollgate:${name}`]);
}
