import type pg from 'pg';
import type { DataSource } from 'typeorm';

interface PostgresOptions {
  readonly url?: string;
  readonly host?: string;
  readonly port?: number;
  readonly username?: string;
  readonly password?: string;
  readonly database?: string;
  readonly ssl?: boolean;
}

/** Where a data source connects to, by a URL or in parts, for connections beside its pool. */
export function connectionOf({ options }: Pick<DataSource, 'options'>): pg.ClientConfig {
  const { url, host, port, username, password, database, ssl } = options as PostgresOptions;
  return url === undefined
    ? { host, port, user: username, password, database, ssl }
    : { connectionString: url, ...(ssl === undefined ? {} : { ssl }) };
}
