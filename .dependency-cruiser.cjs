/**
 * The architecture, executable: `npm run deps`. Imports point one way only:
 *
 *   kernel < usage < entitlements < billing < apps/api        admin and sandbox: HTTP only
 *
 * Every rule here has a planted violation in test/architecture/boundaries.spec.ts; a rule without one fails that spec.
 * A path also matches the bare package name (`stripe`, `@tollgate/billing`): an import that cannot be resolved keeps
 * its bare name, and a rule that only knew the resolved path would fall silent exactly then.
 */
const SPEC = '\\.spec\\.tsx?$';

/** Where a reader, a process or a host application comes in. */
const ENTRY =
  '^(libs/[^/]+/src/index|(libs|apps)/[^/]+/src/testing/[^/]+|apps/[^/]+/src/(main|worker|registered-catalog)|apps/api/src/catalog-cli/run-catalog-cli|apps/api/src/launcher/[^/]+|apps/api/src/(doctor|provider-setup)/main|apps/api/bin/[^/]+)\\.(tsx?|mjs)$';

/** One of our libs, as a resolved path or as the bare workspace name. */
const libs = (...names) => `^(libs|@tollgate)/(${names.join('|')})(/|$)`;

/** An npm package (all its entry points), installed or not; `name` may end in a wildcard. */
const npm = (...names) => `(^|node_modules/)(@types/)?(${names.join('|')})(/|$)`;

/** What only the bench may import, and what is absent until it first runs. */
const peers = npm(...Object.keys(require('./bench/package.json').dependencies));

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    // The arrows.
    rule(
      'no-circular',
      'A circle has no floor to test from; type-only circles count.',
      {},
      { circular: true },
    ),
    rule(
      'kernel-is-the-floor',
      'kernel knows clock, ids, database, errors: no lib above it.',
      { path: '^libs/kernel/' },
      { path: libs('usage', 'entitlements', 'billing') },
    ),
    rule(
      'usage-knows-only-kernel',
      'The counter gets limit and window as arguments; it knows no plan and no provider.',
      { path: '^libs/usage/' },
      { path: libs('entitlements', 'billing') },
    ),
    rule(
      'entitlements-never-import-billing',
      'A guarded request reads our own memory and tables. What entitlements needs from billing is a port.',
      { path: '^libs/entitlements/' },
      { path: libs('billing') },
    ),
    rule(
      'libs-never-import-apps',
      'Libs are mounted by applications, ours and other people’s.',
      { path: '^libs/' },
      { path: '^(apps/|@tollgate/(api|admin|sandbox)(/|$))' },
    ),

    // The doors.
    rule(
      'front-door-only',
      'Another lib is reached through its index.ts (or the testing door of entitlements), never a file behind it.',
      { path: '^(?:libs|apps)/([^/]+)/' },
      {
        path: '^(libs|@tollgate)/[^/]+/.',
        pathNot: [
          '^(libs|@tollgate)/$1/',
          '^libs/[^/]+/src/index\\.ts$',
          '^libs/entitlements/src/testing/index\\.ts$',
          '^@tollgate/entitlements/testing$',
        ],
      },
    ),
    rule(
      'testing-door-is-for-tests',
      'Helpers that grant everything must not be reachable from running code.',
      { path: '^(libs|apps)/', pathNot: [SPEC, '^libs/entitlements/src/testing/'] },
      { path: '^(libs/entitlements/src|@tollgate/entitlements)/testing(/|$)' },
    ),
    rule(
      'no-self-barrel',
      'Inside a lib import the file; its own index.ts makes circles.',
      { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: SPEC },
      { path: '^libs/$1/src/index\\.ts$' },
    ),
    rule(
      'admin-talks-http-only',
      'The dashboard knows URLs and generated API types, nothing of ours.',
      { path: '^apps/admin/' },
      { path: '^(libs/|test/|apps/(?!admin/)|@tollgate/)' },
    ),
    rule(
      'sandbox-imports-nothing-of-ours',
      'A stand-in that shared our code would agree with our mistakes.',
      { path: '^apps/sandbox/' },
      { path: '^(libs/|test/|apps/(?!sandbox/)|@tollgate/)' },
    ),
    rule(
      'sandbox-is-spoken-to-over-http',
      'The API meets the sandbox as it meets a provider; the launcher starts it as a process.',
      { path: '^apps/api/' },
      { path: '^(apps/sandbox/|@tollgate/sandbox(/|$))' },
    ),

    // The providers.
    rule(
      'polar-sdk-only-in-its-adapter',
      'One room knows Polar. Tests, the bench and the stand-in may use the SDK to speak to it.',
      { pathNot: '^(libs/billing/src/providers/polar/|apps/sandbox/|bench/|test/|node_modules/)' },
      { path: npm('@polar-sh/[^/]+') },
    ),
    rule(
      'stripe-sdk-only-in-its-adapter',
      'One room knows Stripe. Tests, the bench and the stand-in may use the SDK to speak to it.',
      { pathNot: '^(libs/billing/src/providers/stripe/|apps/sandbox/|bench/|test/|node_modules/)' },
      { path: npm('stripe', '@stripe/[^/]+') },
    ),
    rule(
      'adapters-do-not-meet',
      'What two providers share is a port or a pure function beside them, never one another.',
      { path: '^libs/billing/src/providers/(polar|stripe)/' },
      { path: '^libs/billing/src/providers/(polar|stripe)/', pathNot: '^libs/billing/src/providers/$1/' },
    ),
    rule(
      'adapters-know-no-rows',
      'An adapter turns our words into the provider’s and back. Who stores the answer is another room’s business.',
      { path: '^libs/billing/src/providers/(polar|stripe)/' },
      { path: npm('typeorm', 'pg') },
    ),

    // The edges.
    rule(
      'libs-know-no-http-adapter',
      'A host application may run on Express or on Fastify; the libs must not notice.',
      { path: '^libs/' },
      { path: npm('fastify', '@fastify/[^/]+', 'express', '@nestjs/platform-[^/]+') },
    ),
    rule(
      'webhooks-only-verify-and-store',
      'The webhook room hands verified bytes to the inbox and answers. It touches no table itself.',
      { path: '^apps/api/src/webhooks/' },
      { path: npm('typeorm', 'pg') },
    ),
    rule(
      'launcher-stays-outside',
      '`start:api` and `start:worker` never contain the embedded Postgres, the sandbox or demo data.',
      { path: '^(libs|apps)/', pathNot: '^apps/api/(src/launcher|bin)/' },
      { path: '^apps/api/src/launcher/' },
    ),

    // Source, tests, dead ends.
    rule(
      'peers-only-in-bench',
      'What we are compared with is installed by the bench alone, and never a part of what we ship.',
      { pathNot: '^(bench|node_modules)/' },
      { path: peers },
    ),
    rule(
      'src-not-to-test',
      'Running code stands without the test folders.',
      { path: '^(libs|apps)/', pathNot: SPEC },
      { path: '^(test|bench)/' },
    ),
    rule('not-to-spec', 'What two specs share is a helper with a name.', {}, { path: SPEC }),
    rule(
      'no-dead-files',
      'Every source file is reached from an entry point or a front door; delete it or wire it.',
      { path: ENTRY },
      { path: '^(libs|apps)/[^/]+/src/', pathNot: [ENTRY, SPEC, '\\.d\\.ts$'], reachable: false },
    ),
    rule(
      'no-unresolvable',
      'A typo, or a package nobody declared. The peers of the bench are absent until it first runs.',
      {},
      { couldNotResolve: true, pathNot: peers },
    ),
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
