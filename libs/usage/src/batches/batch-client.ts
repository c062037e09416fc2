import pg from 'pg';

/** Where the client of a connection for batches connects to, and how long it is patient. */
export interface BatchClientOptions {
  readonly connection: pg.ClientConfig;
  /** How long a statement waits for a row that somebody else holds. */
  readonly lockTimeoutMs: number;
  /** How long a statement may take, and how long its answer may stay away. */
  readonly answerWithinMs: number;
}

/** What the connections of batches are called in `pg_stat_activity`. */
export const BATCHES = 'tollgate usage';

const CONNECT_WITHIN_MS = 1_000;

/** A client that is yet to connect. Whoever makes it has to hear its `error` event: unheard, it would end the process. */
export function batchClient({ connection, lockTimeoutMs, answerWithinMs }: BatchClientOptions): pg.Client {
  return new pg.Client({
    ...connection,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: answerWithinMs,
    statement_timeout: answerWithinMs,
    lock_timeout: lockTimeoutMs,
    idle_in_transaction_session_timeout: answerWithinMs,
    keepAlive: true,
    application_name: BATCHES,
    pipeline: true,
    // Statements are prepared once; planning them anew for every batch would cost more than running them.
    options: '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan',
  });
}
