import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const libs = join(import.meta.dirname, '../../../../libs');

/** A reader's own set-up: their runner is Vitest, and the packages are found by name. */
export default defineConfig({
  root: import.meta.dirname,
  resolve: {
    alias: [
      {
        find: '@tollgate/entitlements/testing',
        replacement: join(libs, 'entitlements/src/testing/index.ts'),
      },
      { find: /^@tollgate\/(\w+)$/, replacement: join(libs, '$1/src/index.ts') },
    ],
  },
  test: { include: ['*.vitest.ts'], watch: false, cache: false },
});
