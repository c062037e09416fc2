import type { Transaction, TransactionRunner } from '@tollgate/kernel';
import type { PublicOf } from './test-entitlements.js';

const undoing = new WeakMap<Transaction, (() => void)[]>();

/** Has something done again backwards if the transaction fails; nothing happens in one that is not ours. */
export function onRollback(tx: Transaction, undo: () => void): void {
  undoing.get(tx)?.push(undo);
}

/**
 * Stands for `TransactionRunner` without a database: work runs once, and what claims took comes back when it throws.
 * Using the transaction itself fails, and says what to do.
 */
export function testTransactions(): PublicOf<TransactionRunner> {
  return {
    reader: noDatabase(),
    run: async (work) => {
      const tx = noDatabase();
      const undos: (() => void)[] = [];
      undoing.set(tx, undos);
      try {
        return await work(tx);
      } catch (error) {
        for (const undo of undos.toReversed()) undo();
        throw error;
      }
    },
  };
}

function noDatabase(): Transaction {
  return new Proxy<object>(
    {},
    {
      get: (_, name) => {
        // A promise looks for `then`, and printers look for symbols.
        if (typeof name === 'symbol' || name === 'then' || name === 'toJSON') return undefined;
        return () => {
          throw new Error(`tx.${name}: EntitlementsTestingModule has no database; replace what stores rows`);
        };
      },
    },
  ) as Transaction;
}
