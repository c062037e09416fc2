import type { SourceTree } from './source-tree.js';

/** Minimal packages, so that the planted imports resolve; left out where the absence of a package is the point. */
export const installedPackages: SourceTree = Object.fromEntries(
  ['stripe', '@polar-sh/sdk', 'typeorm', 'pg', 'fastify', 'express', '@nestjs/platform-fastify'].flatMap(
    (name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {};'],
    ],
  ),
);

/** A project that keeps every rule and uses what each rule allows: each door, each SDK in its room, each arrow. */
export const cleanTree: SourceTree = {
  'libs/kernel/src/index.ts': `export * from './clock.js';`,
  'libs/kernel/src/clock.ts': `import type { Pool } from 'pg'; export const clock: Pool | null = null;`,
  'libs/usage/src/index.ts': `export * from './counter.js';`,
  'libs/usage/src/counter.ts': `import { clock } from '@tollgate/kernel'; export const counter = clock;`,
  'libs/entitlements/src/index.ts': `export * from './decision.js';`,
  'libs/entitlements/src/decision.ts': `import { counter } from '@tollgate/usage'; export const decision = counter;`,
  'libs/entitlements/src/testing/index.ts': `import { decision } from '../decision.js'; export const fake = decision;`,
  'libs/entitlements/src/decision.spec.ts': `import { fake } from './testing/index.js'; export const tried = fake;`,
  'libs/billing/src/index.ts': [
    `export * from './owner.js';`,
    `export * from './providers/polar/polar.adapter.js';`,
    `export * from './providers/stripe/stripe.adapter.js';`,
  ].join('\n'),
  'libs/billing/src/owner.ts': `import { decision } from '@tollgate/entitlements'; export const owner = decision;`,
  'libs/billing/src/providers/polar/polar.adapter.ts': `import polar from '@polar-sh/sdk'; export const p = polar;`,
  'libs/billing/src/providers/stripe/stripe.adapter.ts': `import Stripe from 'stripe'; export const s = Stripe;`,
  'apps/api/src/main.ts': [
    `import { owner } from '@tollgate/billing';`,
    `import './webhooks/webhooks.controller.js';`,
    `import 'fastify';`,
    `export const app = owner;`,
  ].join('\n'),
  'apps/api/src/worker.ts': `import { owner } from '@tollgate/billing'; export const worker = owner;`,
  'apps/api/src/webhooks/webhooks.controller.ts': `import { owner } from '@tollgate/billing'; export const w = owner;`,
  'apps/api/src/launcher/launch.ts': `import { app } from '../main.js'; export const launched = app;`,
  'apps/api/src/launcher/tables.ts': `import { launched } from './launch.js'; export const tables = launched;`,
  'apps/admin/src/main.tsx': `export const admin = 1;`,
  'apps/sandbox/src/main.ts': `import type Stripe from 'stripe'; export const sandbox: Stripe | null = null;`,
  'test/e2e/story.spec.ts': `import { fake } from '../../libs/entitlements/src/testing/index.js'; export const f = fake;`,
  'bench/decision/peer.mjs': `import { Unleash } from 'unleash-client'; export const peer = Unleash;`,
  'test/support/provider.ts': `import Stripe from 'stripe'; export const provider = Stripe;`,
};

/** A file that breaks one rule, and what else must be in the tree for it to break no other. */
export interface Plant {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
  readonly with?: SourceTree;
}

/** Index files that reach the planted file, so that it is not dead as well. */
const reachedFrom = (lib: string, file: string): SourceTree => ({
  [`libs/${lib}/src/index.ts`]: `${cleanTree[`libs/${lib}/src/index.ts`]}\nexport * from './${file}.js';`,
});

const inLib = (rule: string, lib: string, text: string, extra: SourceTree = {}): Plant => ({
  rule,
  file: `libs/${lib}/src/planted.ts`,
  text,
  with: { ...reachedFrom(lib, 'planted'), ...extra },
});

const polarAdapter = 'libs/billing/src/providers/polar/polar.adapter.ts';

/** At least one violation for every rule, several where a rule has several ways to be broken. */
export const plants: readonly Plant[] = [
  inLib('no-circular', 'kernel', `export * from './other.js';`, {
    'libs/kernel/src/other.ts': `import * as planted from './planted.js'; export const other = planted;`,
  }),
  inLib('no-circular', 'kernel', `import type { B } from './other.js'; export interface A { b: B }`, {
    'libs/kernel/src/other.ts': `import type { A } from './planted.js'; export interface B { a: A }`,
  }),
  inLib('kernel-is-the-floor', 'kernel', `import '@tollgate/usage';`, {
    'libs/usage/src/counter.ts': `export const counter = 1;`,
  }),
  inLib('usage-knows-only-kernel', 'usage', `import '@tollgate/entitlements';`, {
    'libs/entitlements/src/decision.ts': `export const decision = 1;`,
  }),
  inLib(
    'entitlements-never-import-billing',
    'entitlements',
    `import type { owner } from '@tollgate/billing';`,
    {
      'libs/billing/src/owner.ts': `export const owner = 1;`,
    },
  ),
  inLib('libs-never-import-apps', 'kernel', `import '../../../apps/sandbox/src/main.js';`),
  inLib('front-door-only', 'billing', `import '../../kernel/src/clock.js';`),
  {
    rule: 'front-door-only',
    file: 'apps/api/src/main.ts',
    text: `import '../../../libs/billing/src/owner.js'; import './webhooks/webhooks.controller.js';`,
  },
  inLib('testing-door-is-for-tests', 'billing', `import '../../entitlements/src/testing/index.js';`),
  {
    rule: 'front-door-only',
    file: 'libs/billing/src/planted.spec.ts',
    text: `import '../../entitlements/src/testing/tool.js';`,
    with: {
      'libs/entitlements/src/testing/tool.ts': `export const tool = 1;`,
      'libs/entitlements/src/testing/index.ts': `export * from './tool.js'; export { decision as fake } from '../decision.js';`,
    },
  },
  inLib('testing-door-is-for-tests', 'entitlements', `import './testing/tool.js';`, {
    'libs/entitlements/src/testing/tool.ts': `export const tool = 1;`,
  }),
  {
    rule: 'no-self-barrel',
    file: 'libs/entitlements/src/testing/index.ts',
    text: `import { decision } from '@tollgate/entitlements'; export const fake = decision;`,
  },
  { rule: 'admin-talks-http-only', file: 'apps/admin/src/main.tsx', text: `import '@tollgate/kernel';` },
  {
    rule: 'admin-talks-http-only',
    file: 'apps/admin/src/main.tsx',
    text: `import '../../api/src/worker.js';`,
  },
  {
    rule: 'sandbox-imports-nothing-of-ours',
    file: 'apps/sandbox/src/main.ts',
    text: `import '@tollgate/kernel';`,
  },
  {
    rule: 'sandbox-imports-nothing-of-ours',
    file: 'apps/sandbox/src/main.ts',
    text: `import '../../api/src/worker.js';`,
  },
  {
    rule: 'sandbox-is-spoken-to-over-http',
    file: 'apps/api/src/launcher/start.ts',
    text: `import '../../../sandbox/src/main.js';`,
  },
  inLib('polar-sdk-only-in-its-adapter', 'billing', `import '@polar-sh/sdk';`),
  {
    rule: 'polar-sdk-only-in-its-adapter',
    file: 'libs/billing/src/providers/stripe/stripe.adapter.ts',
    text: `import '@polar-sh/sdk';`,
  },
  inLib('stripe-sdk-only-in-its-adapter', 'entitlements', `import type Stripe from 'stripe';`),
  { rule: 'stripe-sdk-only-in-its-adapter', file: polarAdapter, text: `import 'stripe';` },
  { rule: 'adapters-do-not-meet', file: polarAdapter, text: `import '../stripe/stripe.adapter.js';` },
  { rule: 'adapters-know-no-rows', file: polarAdapter, text: `import 'typeorm';` },
  inLib('libs-know-no-http-adapter', 'entitlements', `import 'express';`),
  inLib('libs-know-no-http-adapter', 'entitlements', `import '@nestjs/platform-fastify';`),
  {
    rule: 'webhooks-only-verify-and-store',
    file: 'apps/api/src/webhooks/webhooks.controller.ts',
    text: `import 'typeorm';`,
  },
  { rule: 'launcher-stays-outside', file: 'apps/api/src/worker.ts', text: `import './launcher/tables.js';` },
  inLib('src-not-to-test', 'billing', `import '../../../test/support/provider.js';`),
  {
    rule: 'not-to-spec',
    file: 'test/support/provider.ts',
    text: `import '../e2e/story.spec.js';`,
  },
  { rule: 'no-dead-files', file: 'libs/usage/src/planted.ts', text: `import '@tollgate/kernel';` },
  inLib('peers-only-in-bench', 'entitlements', `import 'unleash-client';`),
  inLib('no-unresolvable', 'usage', `import 'a-package-nobody-declared';`),
];
