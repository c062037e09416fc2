import { lstatSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ServerAccount } from './account.js';

/** Whether that user may walk down to `path` itself; every folder above it must let him through. */
export function canReach(path: string, account: ServerAccount): boolean {
  for (let folder = dirname(existing(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A folder nobody but its owner (us) can have put something into. */
export function isOursAlone(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return (
    found !== undefined &&
    found.isDirectory() &&
    found.uid === process.getuid?.() &&
    (found.mode & 0o022) === 0
  );
}

/** The path with its links resolved; of a path that is not there yet, a child of its deepest existing folder. */
function existing(path: string): string {
  let folder = path;
  while (statSync(folder, { throwIfNoEntry: false }) === undefined) folder = dirname(folder);
  const real = realpathSync(folder);
  return folder === path ? real : `${real}/_`;
}
