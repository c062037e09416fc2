import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files of a tree: path relative to its root → text. */
export type SourceTree = Readonly<Record<string, string>>;

/**
 * Writes a tree into a new temporary directory, hands its path to `use` and removes it afterwards, also on failure.
 * @returns what `use` returned
 */
export async function withSourceTree<T>(tree: SourceTree, use: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'tollgate-tree-'));
  try {
    for (const [path, text] of Object.entries(tree)) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
