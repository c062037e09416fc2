import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { PostgresLaunchError } from './postgres.errors.js';

/** The operating-system user the server runs as; `switched` when that is not ourselves (we are root). */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  readonly switched: boolean;
}

/**
 * Postgres refuses to run as root, so root hands it to `nobody`, or to whoever owns the data already
 * (a project that was first started by its user and now with sudo).
 * @throws PostgresLaunchError `no_unprivileged_user`, or `wrong_owner` when we are not root and the data is not ours
 */
export function serverAccount(dataDir: string): ServerAccount {
  const own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, switched: false };
  const owners = [join(dataDir, 'pgdata'), dataDir]
    .map((path) => statSync(path, { throwIfNoEntry: false }))
    .filter((found) => found !== undefined);
  const other = owners.find((found) => found.uid !== own.uid);
  if (own.uid === 0) {
    if (other !== undefined) return { uid: other.uid, gid: other.gid, switched: true };
    return { uid: nobody('-u'), gid: nobody('-g'), switched: true };
  }
  if (other === undefined) return own;
  throw new PostgresLaunchError(
    'wrong_owner',
    `The database in ${dataDir} belongs to another user (id ${other.uid}). Start as that user, or set TOLLGATE_DATA_DIR to a folder of your own.`,
  );
}

/** What `spawn` needs to start a program as that user (it takes signed ids, as macOS' nobody is -2). */
export function spawnIdentity(account: ServerAccount): { uid?: number; gid?: number } {
  return account.switched ? { uid: account.uid | 0, gid: account.gid | 0 } : {};
}

function nobody(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8', stdio: 'pipe' })) >>> 0;
  } catch (cause) {
    throw new PostgresLaunchError(
      'no_unprivileged_user',
      `Postgres does not run as root and there is no user "nobody" to run it as (${String(cause).split('\n')[0]}). Start as an ordinary user, or set DATABASE_URL.`,
    );
  }
}
