/** Why the embedded Postgres could not be started; each one has a message of one line that says what to do. */
export type PostgresLaunchCode =
  | 'unsupported_platform'
  | 'binaries_missing'
  | 'no_unprivileged_user'
  | 'wrong_owner'
  | 'in_use'
  | 'wrong_version'
  | 'password_missing'
  | 'port_taken'
  | 'disk_full'
  | 'failed';

/** Thrown by `startEmbeddedPostgres`; `message` is meant for a terminal, in one line. */
export class PostgresLaunchError extends Error {
  override readonly name = 'PostgresLaunchError';

  constructor(
    readonly code: PostgresLaunchCode,
    message: string,
  ) {
    super(message);
  }
}

/** Turns what initdb or postgres wrote before it gave up into one line; `logFile` is where the rest stands. */
export function explainFailure(step: string, output: string, logFile?: string): PostgresLaunchError {
  if (/No space left on device|ENOSPC|Disk quota exceeded/i.test(output)) {
    return new PostgresLaunchError(
      'disk_full',
      `${step}: the disk is full. Free some space and start again.`,
    );
  }
  if (/Address already in use/i.test(output)) {
    return new PostgresLaunchError('port_taken', `${step}: its port is taken by another program.`);
  }
  if (/could not look up effective user ID/i.test(output)) {
    return new PostgresLaunchError(
      'no_unprivileged_user',
      `${step}: this user id has no entry in /etc/passwd, which Postgres needs. Run as a named user or set DATABASE_URL.`,
    );
  }
  const library = /error while loading shared libraries: ([^\s:]+)/.exec(output)?.[1];
  if (library !== undefined) {
    return new PostgresLaunchError(
      'binaries_missing',
      `${step}: the system library ${library} is missing. Install it, or set DATABASE_URL to a Postgres of your own.`,
    );
  }
  const lines = output.split('\n').map((line) => line.trim());
  const word =
    lines.findLast((line) => /FATAL|PANIC|error:/i.test(line)) ?? lines.findLast((line) => line !== '');
  const where = logFile === undefined ? '' : ` (whole log: ${logFile})`;
  return new PostgresLaunchError('failed', `${step}: ${word ?? 'it ended without a word'}${where}`);
}
