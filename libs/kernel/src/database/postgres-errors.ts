interface PostgresError {
  readonly code?: string;
  readonly constraint?: string;
}

/** The Postgres error behind what TypeORM or pg threw; an empty object when there is none. */
function driverError(error: unknown): PostgresError {
  if (typeof error !== 'object' || error === null) return {};
  const wrapped = error as { driverError?: PostgresError };
  return wrapped.driverError ?? error;
}

/** Whether a unique constraint (any, or the one named) refused the write. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = driverError(error);
  return code === '23505' && (constraint === undefined || violated === constraint);
}

/** Whether the transaction lost against another one and may simply be run again. */
export function isRetryable(error: unknown): boolean {
  const { code } = driverError(error);
  return code === '40001' || code === '40P01';
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'ENOENT']);

/** Whether the database could not be reached, is starting or shutting down, or dropped the connection. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code } = driverError(error);
  if (code !== undefined) {
    return CONNECTION_CODES.has(code) || code.startsWith('08') || code.startsWith('57P') || code === '53300';
  }
  const message = error instanceof Error ? error.message : '';
  return /connection terminated|not queryable|timeout exceeded when trying to connect|connection timeout|query read timeout/i.test(
    message,
  );
}
