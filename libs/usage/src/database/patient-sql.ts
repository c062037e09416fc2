import pg from 'pg';
import type { DataSource } from 'typeorm';
import { connectionOf } from '@tollgate/kernel';
import type { Sql } from './sql.js';

/** For jobs over many rows: `sql` runs statements for as long as they take; `transact` runs some of them as one. */
export interface PatientSql extends Sql {
  transact<T>(work: () => Promise<T>): Promise<T>;
}

/** Lends a job a connection of its own: that of a request gives every statement two seconds, which is no time for a sum. */
export async function withPatientSql<T>(
  dataSource: DataSource,
  work: (sql: PatientSql) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    ...connectionOf(dataSource),
    connectionTimeoutMillis: 3_000,
    options: '-c TimeZone=UTC',
  });
  // The loss shows in the next statement; unheard it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(patient(client));
  } finally {
    await client.end();
  }
}

function patient(client: pg.Client): PatientSql {
  return {
    query: async <Row>(text: string, parameters: readonly unknown[]) => {
      const { rows } = await client.query(text, [...parameters]);
      return rows as Row[];
    },
    transact: async (work) => {
      await client.query('begin');
      try {
        const done = await work();
        await client.query('commit');
        return done;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    },
  };
}
