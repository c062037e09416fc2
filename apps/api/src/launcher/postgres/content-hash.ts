import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** One file or link of a folder: its path inside and, for a link, what it says. */
export interface Entry {
  readonly path: string;
  readonly link?: string;
}

/** All files and links below `folder`, in a fixed order. */
export function entriesOf(folder: string): Entry[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const full = join(entry.parentPath, entry.name);
      const path = relative(folder, full);
      return entry.isSymbolicLink() ? { path, link: readlinkSync(full) } : { path };
    })
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** sha256 over the names, links and bytes of those entries (hex). */
export function hashOf(folder: string, entries: readonly Entry[]): string {
  const hash = createHash('sha256');
  for (const { path, link } of entries) {
    hash.update(`${path}\0${link ?? ''}\0`);
    if (link === undefined) hash.update(readFileSync(join(folder, path)));
  }
  return hash.digest('hex');
}

/** Whether everything below `folder` belongs to `uid` and nobody else may write to it. */
export function ownedBy(folder: string, uid: number): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).every((path) => {
    const found = lstatSync(join(folder, path));
    return found.uid === uid && (found.isSymbolicLink() || (found.mode & 0o022) === 0);
  });
}
