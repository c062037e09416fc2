import { ensureBuilt } from '../../apps/api/bin/build.mjs';

/** What is checked without running a test: two lanes, each in order, side by side. */
export const checks = [
  [
    { name: 'types', npmScript: 'types' },
    { name: 'boundaries', npmScript: 'deps' },
  ],
  [
    { name: 'build', action: build },
    { name: 'lint', npmScript: 'lint' },
    { name: 'format', npmScript: 'format:check' },
  ],
];

async function build() {
  await ensureBuilt('server');
  await ensureBuilt('admin');
}
