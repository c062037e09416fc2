import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode } from '../error-code.js';
import type { ServerAccount } from './account.js';
import { serverProcesses } from './cluster-name.js';
import { canReach, isOursAlone } from './traversal.js';

/** Where a database goes that cannot stay with its project; both outlive a reboot. */
const ELSEWHERE = '/var/lib/tollgate';
const LAST_RESORT = '/var/tmp';

/**
 * The folder that really holds the data. It is `dataDir` whenever the server's user can walk there; under a closed
 * home of root it stands elsewhere, and `<dataDir>.location` remembers the place. It is ours, also as root: the server
 * owns only what is inside `pgdata`, so that it cannot put links in the way of what root writes.
 */
export function placeData(dataDir: string, account: ServerAccount, log: (line: string) => void): string {
  const mode = account.switched ? 0o711 : 0o700;
  mkdirSync(dirname(dataDir), { recursive: true, mode });
  const place = !account.switched || canReach(dataDir, account) ? dataDir : relocated(dataDir, log);
  mkdirSync(place, { recursive: true, mode });
  if (statSync(place).uid === process.getuid?.()) chmodSync(place, mode);
  return place;
}

/** Removes a throw-away database, wherever it stands. */
export function removeData(dataDir: string, place: string): void {
  for (const path of [place, `${place}.project`, dataDir, pointerOf(dataDir)])
    rmSync(path, { recursive: true, force: true });
}

function relocated(dataDir: string, log: (line: string) => void): string {
  const remembered = read(pointerOf(dataDir));
  if (remembered !== undefined && existsSync(remembered) && belongs(remembered, dataDir)) return remembered;
  const base = baseFolder();
  const place = mkdtempSync(join(base, 'postgres-'));
  writeFileSync(`${place}.project`, `${dataDir}\n`, { mode: 0o600 });
  writeFileSync(pointerOf(dataDir), `${place}\n`, { mode: 0o600 });
  log(`the database stands in ${place}, since its user cannot enter this project's folder`);
  return place;
}

/** A copied project must not share the original's database; a moved one takes it along. */
function belongs(place: string, dataDir: string): boolean {
  const project = read(`${place}.project`);
  if (project !== undefined && project !== dataDir && read(pointerOf(project)) === place) return false;
  writeFileSync(`${place}.project`, `${dataDir}\n`, { mode: 0o600 });
  return true;
}

function baseFolder(): string {
  try {
    mkdirSync(ELSEWHERE, { recursive: true, mode: 0o755 });
  } catch (cause) {
    if (['EROFS', 'EACCES'].includes(errorCode(cause) ?? '')) return LAST_RESORT;
    throw cause;
  }
  if (!isOursAlone(ELSEWHERE)) return LAST_RESORT;
  removeAbandoned();
  return ELSEWHERE;
}

/**
 * Deletes databases whose project has started over (its pointer is gone or names another place). A project that is
 * not there at all may stand on a disk that is not mounted just now: its database stays.
 */
function removeAbandoned(): void {
  for (const name of readdirSync(ELSEWHERE).filter((entry) => entry.endsWith('.project'))) {
    const place = join(ELSEWHERE, name.slice(0, -'.project'.length));
    const dataDir = read(join(ELSEWHERE, name));
    if (dataDir === undefined || !existsSync(dirname(dirname(dataDir)))) continue;
    if (read(pointerOf(dataDir)) === place || serverProcesses(join(place, 'pgdata')).length > 0) continue;
    rmSync(place, { recursive: true, force: true });
    rmSync(join(ELSEWHERE, name), { force: true });
  }
}

function pointerOf(dataDir: string): string {
  return `${dataDir}.location`;
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}
