import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCode } from './error-code.js';
import { LauncherError } from './launcher.errors.js';
import type { ProcessLock } from './process-lock.js';
import { acquireProcessLock, LockHeldError } from './process-lock.js';

/** The one folder a local installation writes to, held by this process until `lock.release()`. */
export interface DataDirectory {
  readonly path: string;
  readonly lock: ProcessLock;
}

/**
 * Opens `.tollgate/` (or `TOLLGATE_DATA_DIR`): closed to everybody else; as root others may walk through it, since
 * the database below runs as another user.
 * @throws LauncherError when another launcher has it, or it cannot be written
 */
export function openDataDirectory(root: string, chosen: string | undefined): DataDirectory {
  const path = resolve(root, chosen === undefined || chosen === '' ? '.tollgate' : chosen);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, process.getuid?.() === 0 ? 0o711 : 0o700);
    return { path, lock: acquireProcessLock(join(path, 'launcher.lock')) };
  } catch (cause) {
    if (cause instanceof LockHeldError) {
      throw new LauncherError(
        `Tollgate already runs from ${path} (process ${cause.pid}). Stop it first (Ctrl-C in its terminal), or start a second one with another TOLLGATE_DATA_DIR and PORT.`,
      );
    }
    if (errorCode(cause) === undefined) throw cause;
    throw new LauncherError(
      `The data directory ${path} cannot be used (${errorCode(cause)}). Make it yours, or set TOLLGATE_DATA_DIR to a folder you own.`,
    );
  }
}

/** Where the address of the database stands while this runs, for commands such as `npm run catalog`. */
export function databaseUrlFile(dataDir: string): string {
  return join(dataDir, 'database-url');
}

/** Writes a file only its owner can read. A file that was there with wider rights gets narrowed first. */
export function writePrivate(path: string, content: string): void {
  writeFileSync(path, '', { mode: 0o600 });
  chmodSync(path, 0o600);
  writeFileSync(path, content);
}
