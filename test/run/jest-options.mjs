import { inProject } from '../../apps/api/bin/project.mjs';

/** Jest's own program, for `node`. */
export const JEST = inProject('node_modules/jest/bin/jest.js');

/** The environment in which Jest loads our ES modules. */
export function jestEnvironment() {
  const options = [
    process.env.NODE_OPTIONS,
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
  ];
  return { NODE_OPTIONS: options.filter(Boolean).join(' ') };
}
