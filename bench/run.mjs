import { followNpm } from '../apps/api/bin/follow-npm.mjs';
import { requireNode } from '../apps/api/bin/require-node.mjs';
import { readArguments, USAGE } from './runner/arguments.mjs';

// `npm run bench -- decision|usage|http [--quick]`. Nothing but Node may be imported before the packages are there.
requireNode();
followNpm();

const wanted = readArguments(process.argv.slice(2));
if (wanted === undefined) {
  console.error(USAGE);
  process.exit(2);
}
try {
  const { prepare } = await import('./runner/prepare.mjs');
  await prepare();
  const { runSuite } = await import('./runner/run-suite.mjs');
  let missed = 0;
  for (const name of wanted.suites) missed += await runSuite(name, { quick: wanted.quick });
  process.exit(missed === 0 ? 0 : 1);
} catch (error) {
  console.error(error);
  process.exit(1);
}
