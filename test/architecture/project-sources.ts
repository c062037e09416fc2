import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** A source file of the project: its path relative to the repository, and its text. */
export interface ProjectSource {
  readonly file: string;
  readonly text: string;
}

/** All TypeScript sources of apps and libs, specs included, in a stable order. */
export async function projectSources(): Promise<ProjectSource[]> {
  const files = (
    await Promise.all(['apps', 'libs'].map((folder) => filesUnder(join(repository, folder))))
  ).flat();
  return Promise.all(
    files
      .toSorted((a, b) => a.localeCompare(b))
      .map(async (file) => ({ file: relative(repository, file), text: await readFile(file, 'utf8') })),
  );
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesUnder(path);
    return /(?<!\.d)\.tsx?$/.test(entry.name) ? [path] : [];
  });
  return (await Promise.all(nested)).flat();
}
