import type { SourceTree } from './source-tree.js';

/** A source that lint must refuse: rule, file (where it lies decides which rooms are open to it), text. */
export type LintPlant = readonly [rule: string, file: string, text: string];

const nowhere = 'libs/billing/src/subscriptions/planted.service.ts';

/** One plant for each project rule; the plugins' own rules are tested by their authors. */
export const lintPlants: readonly LintPlant[] = [
  [
    'no-restricted-imports',
    nowhere,
    `import { forwardRef } from '@nestjs/common'; forwardRef(() => String);`,
  ],
  ['no-restricted-imports', nowhere, `import { randomUUID } from 'node:crypto'; randomUUID();`],
  ['no-restricted-imports', nowhere, `import { v7 } from 'uuid'; v7();`],
  ['no-restricted-imports', nowhere, `import { env } from 'node:process'; env['PORT'];`],
  [
    'no-restricted-imports',
    'test/e2e/a.ts',
    `import { forwardRef } from '@nestjs/common'; forwardRef(() => String);`,
  ],
  ['no-restricted-imports', 'libs/usage/src/a.spec.ts', `import { setTimeout } from 'node:timers/promises';`],
  ['no-restricted-globals', 'test/e2e/a.spec.ts', `await new Promise((done) => setTimeout(done, 500));`],
  ['no-restricted-properties', nowhere, `export const now = () => Date.now();`],
  ['no-restricted-properties', nowhere, `export const roll = () => Math.random();`],
  ['no-restricted-properties', nowhere, `export const id = () => crypto.randomUUID();`],
  ['no-restricted-properties', nowhere, `export const port = () => process.env['PORT'];`],
  ['no-restricted-properties', 'libs/kernel/src/ids/a.ts', `export const now = () => Date.now();`],
  ['no-restricted-properties', 'libs/kernel/src/clock/a.ts', `export const id = () => crypto.randomUUID();`],
  ['no-restricted-properties', 'apps/api/src/config/a.ts', `export const now = () => Date.now();`],
  ['no-console', nowhere, `console.log('here');`],
  ['no-explicit-any', nowhere, `export const value: any = 1;`],
  ['no-non-null-assertion', nowhere, `export const first = (list: string[]) => list[0]!;`],
  ['no-floating-promises', nowhere, `export function start() { fetch('http://127.0.0.1/'); }`],
  ['ban-ts-comment', nowhere, `// @ts-ignore\nexport const value = 1;`],
  ['no-empty', nowhere, `try { throw new Error('lost'); } catch {}`],
  [
    'switch-exhaustiveness-check',
    nowhere,
    `export function f(a: 'x' | 'y') { switch (a) { case 'x': return 1; } }`,
  ],
  ['no-disabled-tests', 'libs/usage/src/a.spec.ts', `it.skip('counts', () => { expect(1).toBe(1); });`],
  ['no-focused-tests', 'libs/usage/src/a.spec.ts', `it.only('counts', () => { expect(1).toBe(1); });`],
  ['expect-expect', 'libs/usage/src/a.spec.ts', `it('counts', () => { [1].map(String); });`],
];

/** What is refused elsewhere and welcome in its own room. */
export const lintClean: SourceTree = {
  'libs/kernel/src/clock/system-clock.ts': `export const now = () => Date.now();`,
  'libs/kernel/src/ids/id-generator.ts': `import { v7 } from 'uuid'; export const id = () => [v7(), Math.random()];`,
  'apps/api/src/config/environment.ts': `export const port = () => process.env['PORT'];`,
  'apps/api/src/main.ts': `console.log(process.env['PORT']);`,
  'apps/api/src/launcher/launch.ts': `console.log(process.env['PORT'], Date.now());`,
  'apps/sandbox/src/main.ts': `console.log(process.env['PORT'], Date.now());`,
  'apps/sandbox/src/state/ids.ts': `import { randomUUID } from 'node:crypto'; export const id = () => randomUUID();`,
  'test/support/clock.ts': `export const later = () => Date.now() + 1000;`,
  'libs/usage/src/a.spec.ts': `it('counts', () => { expect(Date.now()).toBeGreaterThan(0); });`,
  'libs/kernel/src/work/retry.module.ts': `import { Module } from '@nestjs/common'; @Module({}) export class RetryModule {}`,
};
