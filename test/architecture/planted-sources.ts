/** A source that one check must refuse: the check, the file it lies in, its text. */
export type PlantedSource = readonly [check: string, file: string, text: string];

const service = 'libs/billing/src/subscriptions/planted.service.ts';
const clock = 'the present is asked of the injected clock';
const sql = 'SQL gets its instants and ids as parameters';
const leases = 'only leases go by the database’s real time';
const plan = 'no plan is compared by name';
const sdk = 'entitlement code imports no provider SDK';

/** At least one for every check, one for each way of breaking it. */
export const plantedSources: readonly PlantedSource[] = [
  [clock, service, `const at = new Date();`],
  [clock, service, `const at = new Date;`],
  [clock, service, `const at = Date();`],
  [clock, 'apps/api/src/webhooks/planted.controller.ts', `const at = new Date().toISOString();`],
  [clock, 'apps/sandbox/src/polar/planted.ts', `const at = new Date();`],
  [sql, service, 'await tx.query(`select * from work_item where due_at <= now()`);'],
  [
    sql,
    service,
    'await tx.query(`select * from ${table} where due_at <= CURRENT_TIMESTAMP and id = ${id}`);',
  ],
  [sql, service, 'await tx.query(`insert into seat values (gen_random_uuid(), $1)`);'],
  [leases, service, 'await tx.query(`update seat set expires_at = clock_timestamp()`);'],
  [plan, service, `if (subscription.plan === 'pro') grant();`],
  [plan, service, `if ('pro' !== name) deny();`],
  [plan, service, `if (owner.planKey == 'starter') deny();`],
  [plan, service, `switch (plan) { case 'starter': grant(); }`],
  [plan, service, `switch (word) { case 'team': grant(); }`],
  [plan, 'apps/api/src/product/planted.controller.ts', `const may = ['pro', 'team'].includes(word);`],
  [sdk, 'libs/entitlements/src/access/planted.guard.ts', `import Stripe from 'stripe';`],
  [sdk, 'libs/entitlements/src/access/planted.guard.ts', `export { webhooks } from '@polar-sh/sdk/2026-10';`],
  [sdk, 'libs/usage/src/planted.ts', `const sdk = await import('@polar-sh/sdk');`],
  [sdk, 'libs/kernel/src/planted.ts', `type Customer = import('stripe').Stripe.Customer;`],
];

/** What looks alike and is right. */
export const innocentSources: readonly PlantedSource[] = [
  [clock, 'libs/kernel/src/clock/clock.ts', `const at = new Date();`],
  [clock, service, `const at = new Date(row.at); const other: Date = clock.now();`],
  [clock, 'libs/usage/src/window.spec.ts', `const at = new Date();`],
  [sql, service, 'await tx.query(`select * from work_item where due_at <= $1`, [clock.now()]);'],
  [
    leases,
    'libs/kernel/src/database/leases.service.ts',
    'await tx.query(`update lease set expires_at = clock_timestamp()`);',
  ],
  [plan, service, `if (subscription.plan === catalog.defaultPlan) keep();`],
  [plan, service, `if (change.kind === 'upgrade' && status === 'active') keep();`],
  [plan, 'libs/billing/src/plan.spec.ts', `if (plan === 'pro') keep();`],
  [sdk, 'libs/billing/src/providers/stripe/stripe.adapter.ts', `import Stripe from 'stripe';`],
  [sdk, 'libs/entitlements/src/access/guard.ts', `import { Injectable } from '@nestjs/common';`],
];
