import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { prepare } from './prepare.mjs';
import { inProject, root } from './project.mjs';

// `npm run catalog -- diff|pull|push`
await prepare('server');

const { runCatalogCli } = await import(inProject('dist/apps/api/src/catalog-cli/run-catalog-cli.js'));
const given = process.env.DATABASE_URL || null;

process.exitCode = await runCatalogCli(process.argv.slice(2), {
  root,
  databaseUrl: given ?? ofRunningStart(),
  clock: given === null ? 'test' : 'system',
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});

/** The database of the `npm start` that runs here; it leaves the address behind while it does. */
function ofRunningStart() {
  const file = resolve(root, process.env.TOLLGATE_DATA_DIR || '.tollgate', 'database-url');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}
