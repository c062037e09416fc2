import { lstatSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { errorCode } from '../error-code.js';

interface Link {
  readonly source: string;
  readonly target: string;
}

/** Path inside the folder → what the link there says. Install scripts make them, but may be switched off. */
export type Links = ReadonlyMap<string, string>;

/** Makes the links that are missing; false when that is not allowed (the packages belong to someone else). */
export function linked(native: string, links: Links): boolean {
  try {
    createLinks(native, links);
    return true;
  } catch (cause) {
    if (['EACCES', 'EROFS', 'EPERM'].includes(errorCode(cause) ?? '')) return false;
    throw cause;
  }
}

/** Creates every link of the list that is not there yet. */
export function createLinks(folder: string, links: Links): void {
  for (const [path, to] of links) {
    const link = join(folder, path);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(to, link);
  }
}

/** The package's own list of links, with paths inside its `native` folder. */
export function readLinks(native: string): Links {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  return new Map(
    list.map(({ source, target }) => [
      relative('native', target),
      dirname(source) === dirname(target) ? basename(source) : relative(dirname(target), source),
    ]),
  );
}
