import { runCommand } from '../../apps/api/bin/run-command.mjs';
import { JEST, jestEnvironment } from './jest-options.mjs';

/** Specs of which `npm test` runs a sample, in full size: minutes each. Parts of `npm run test:all`, in this order. */
export const longSuites = [
  atFullSize('5,000 histories', 'integration/billing/permutations'),
  atFullSize('50 killed processes', 'integration/usage/processes'),
];

function atFullSize(name, specs) {
  const env = { ...jestEnvironment(), TOLLGATE_FULL_SIZE: '1' };
  return { name, action: () => runCommand(process.execPath, [JEST, '--testPathPatterns', specs], { env }) };
}
