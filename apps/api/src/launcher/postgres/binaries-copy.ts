import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServerAccount } from './account.js';
import { spawnIdentity } from './account.js';
import { createLinks } from './binary-links.js';
import type { Links } from './binary-links.js';
import type { Entry } from './content-hash.js';
import { entriesOf, hashOf, ownedBy } from './content-hash.js';
import { explainFailure, PostgresLaunchError } from './postgres.errors.js';
import { canReach, isOursAlone } from './traversal.js';

const PREFIX = 'tollgate-postgres-bin-';

/**
 * A copy of the binaries that `account` can reach and run. Its name is random, so that nobody can put a folder of
 * his own in its place; an older copy is used again only when it is ours alone and byte for byte the package's.
 */
export function sharedCopy(
  native: string,
  links: Links,
  account: ServerAccount,
  log: (line: string) => void,
  bases: readonly string[] = [tmpdir(), '/tmp', '/var/tmp'],
): string {
  const entries = wanted(native, links);
  const open = [...new Set(bases)].filter((base) => canReach(join(base, PREFIX), account));
  const ready = reusableCopy(native, entries, account, open);
  if (ready !== undefined) return ready;
  for (const base of open) {
    const folder = copyInto(base, native, entries, links);
    if (runs(folder, account)) {
      log(`copied the Postgres binaries to ${folder}`);
      return folder;
    }
    rmSync(folder, { recursive: true, force: true });
  }
  throw new PostgresLaunchError(
    'no_unprivileged_user',
    `Postgres does not run as root, and user id ${account.uid} cannot run it from ${open.join(', ') || 'any temporary folder'}. Start as an ordinary user, or set DATABASE_URL.`,
  );
}

/** A copy of exactly these files in one of the folders, that nobody but us can have touched. */
export function reusableCopy(
  native: string,
  entries: readonly Entry[],
  account: ServerAccount,
  bases: readonly string[],
): string | undefined {
  const hash = hashOf(native, entries);
  return bases.flatMap(copiesIn).find((folder) => isIntact(folder, hash) && runs(folder, account));
}

/** What the server needs of the package: no static libraries, links as the package's own list says. */
export function wanted(native: string, links: Links): Entry[] {
  const files = entriesOf(native).filter(
    ({ path, link }) =>
      link === undefined && !links.has(path) && !path.endsWith('.a') && !path.includes('pkgconfig'),
  );
  const linked = [...links].map(([path, link]) => ({ path, link }));
  return [...files, ...linked].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function copiesIn(base: string): string[] {
  return readdirSync(base)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => join(base, name));
}

function isIntact(folder: string, hash: string): boolean {
  const uid = process.getuid?.() ?? 0;
  return isOursAlone(folder) && ownedBy(folder, uid) && hashOf(folder, entriesOf(folder)) === hash;
}

function copyInto(base: string, native: string, entries: readonly Entry[], links: Links): string {
  const folder = mkdtempSync(join(base, PREFIX));
  try {
    fill(folder, native, entries, links);
    return folder;
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw explainFailure(`The Postgres binaries could not be copied to ${base}`, String(cause));
  }
}

function fill(folder: string, native: string, entries: readonly Entry[], links: Links): void {
  for (const { path } of entries.filter(({ link }) => link === undefined)) {
    const to = join(folder, path);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(native, path), to);
    chmodSync(to, path.startsWith('bin/') ? 0o755 : 0o644);
  }
  createLinks(folder, links);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
  chmodSync(folder, 0o755);
}

/** A temporary folder may forbid programs (noexec), and a container may forbid changing the user. */
function runs(folder: string, account: ServerAccount): boolean {
  const { status } = spawnSync(join(folder, 'bin', 'postgres'), ['--version'], {
    cwd: '/',
    stdio: 'ignore',
    ...spawnIdentity(account),
  });
  return status === 0;
}
