import pg from 'pg';
import type { Cluster } from './cluster.js';
import { ROLE } from './cluster.js';

/** Connection string for one database of the embedded server. */
export function connectionUrl(cluster: Cluster, port: number, database: string = ROLE): string {
  return `postgres://${ROLE}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

/** Makes the application's database unless it is there; also the proof that the password is right. */
export async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: connectionUrl(cluster, port, 'postgres') });
  await client.connect();
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [ROLE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${ROLE}`);
  } finally {
    await client.end();
  }
}
