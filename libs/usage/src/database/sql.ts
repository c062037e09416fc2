import type { Transaction } from '@tollgate/kernel';

/** Whatever runs a statement of ours: the caller's own transaction, or a connection of this lib. */
export interface Sql {
  /** Rows of a `select`, a `with` or an `insert`; never of a bare `update`, which TypeORM answers differently. */
  query<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
}

/** The statements of an open transaction of TypeORM's. */
export function sqlOf(tx: Transaction): Sql {
  return {
    query: <Row>(text: string, parameters: readonly unknown[]) => tx.query<Row[]>(text, [...parameters]),
  };
}
