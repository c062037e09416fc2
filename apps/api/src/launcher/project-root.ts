import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder, seen from the source as from the build. */
export function projectRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'nest-cli.json'))) {
    if (folder === dirname(folder)) throw new Error(`no project around ${import.meta.dirname}`);
    folder = dirname(folder);
  }
  return folder;
}
