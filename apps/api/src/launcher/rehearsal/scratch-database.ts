import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of its own for one rehearsal, on a server that runs. */
export interface ScratchDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes an empty database beside the one of `serverUrl`: what is there is never touched, nor its clock moved. */
export async function createScratchDatabase(serverUrl: string): Promise<ScratchDatabase> {
  const name = `tollgate_rehearsal_${randomBytes(6).toString('hex')}`;
  await execute(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
