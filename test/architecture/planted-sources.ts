/** A source that one check must refuse: the check, the file it lies in, its text. */
export type PlantedSource = readonly [check: string, file: string, text: string];

const service = 'libs/billing/src/subscriptions/planted.service.ts';
const controller = 'apps/api/src/account/planted.controller.ts';
const clock = 'the present is asked of the injected clock';
const sql = 'SQL gets its instants and ids as parameters';
const leases = 'only leases go by the database’s real time';
const summary = 'every operation of the API says in a summary what it does';
const plan = 'no plan is compared by name';
const provider = 'no provider is told apart by its name';
const keptByName = 'nothing is kept by the name of a provider';
const sdk = 'entitlement code imports no provider SDK';

const charge = 'no card is charged, and no payment retried, by us';
const tax = 'tax is the provider’s to compute';
const stripe = 'libs/billing/src/providers/stripe/planted.ts';

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
  [summary, controller, `class Planted { @Get() @ApiOkResponse() list() {} }`],
  [summary, controller, `class Planted { @Post('x') @ApiOperation({ summary: '' }) make() {} }`],
  [summary, controller, `class Planted { @Delete() @ApiOperation({ description: 'Ends it.' }) end() {} }`],
  [plan, service, `if (subscription.plan === 'pro') grant();`],
  [plan, service, `if ('pro' !== name) deny();`],
  [plan, service, `if (owner.planKey == 'starter') deny();`],
  [plan, service, `switch (plan) { case 'starter': grant(); }`],
  [plan, service, `switch (word) { case 'team': grant(); }`],
  [plan, 'apps/api/src/product/planted.controller.ts', `const may = ['pro', 'team'].includes(word);`],
  [provider, service, `if (subscription.provider === 'stripe') refund();`],
  [provider, service, `if ('polar' !== name) refund();`],
  [provider, service, `if (provider.name == 'paddle') refund();`],
  [provider, service, `switch (row.provider) { case 'paddle': refund(); }`],
  [provider, service, `const adapter = registry.get('stripe');`],
  [provider, service, `const known: 'polar' | null = find();`],
  [provider, 'apps/api/src/staff/planted.schemas.ts', `const form = z.enum(['stripe']);`],
  [provider, 'apps/admin/src/tenants/planted.tsx', `const shown = provider === 'polar' && <Polar />;`],
  [provider, 'apps/sandbox/src/webhooks/planted.ts', `if (event.provider === 'polar') retry();`],
  [keptByName, 'apps/api/src/config/planted.ts', `const prefix = { stripe: 'STRIPE_' }[name];`],
  [keptByName, 'apps/api/src/config/planted.ts', `const on = payments.polar !== null;`],
  [keptByName, service, `interface Words { stripe: string }`],
  [sdk, 'libs/entitlements/src/access/planted.guard.ts', `import Stripe from 'stripe';`],
  [sdk, 'libs/entitlements/src/access/planted.guard.ts', `export { webhooks } from '@polar-sh/sdk/2026-10';`],
  [sdk, 'libs/usage/src/planted.ts', `const sdk = await import('@polar-sh/sdk');`],
  [sdk, 'libs/kernel/src/planted.ts', `type Customer = import('stripe').Stripe.Customer;`],
  [charge, stripe, `await stripe.invoices.pay(invoiceId);`],
  [charge, stripe, `await this.stripe.paymentIntents.create({ amount });`],
  [tax, stripe, `await stripe.tax.calculations.create({ currency });`],
  [tax, service, `const due = amount + calculateTax(amount, country);`],
];

/** What looks alike and is right. */
export const innocentSources: readonly PlantedSource[] = [
  [summary, controller, `class Planted { @Get() @ApiOperation({ summary: 'All of them' }) list() {} }`],
  [summary, controller, `@ApiExcludeController() class Planted { @Get() page() {} }`],
  [summary, controller, `class Planted { private helper() {} }`],
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
  [provider, service, `const adapter = registry.get(row.provider); if (a.provider === b.provider) keep();`],
  [provider, stripe, `readonly name = 'stripe';`],
  [provider, 'apps/api/src/payment-providers/stripe.ts', `const name = 'stripe';`],
  [provider, 'libs/billing/src/checkout/a.spec.ts', `expect(row.provider === 'stripe').toBe(true);`],
  [keptByName, 'apps/sandbox/src/state/planted.ts', `const left = state.polar;`],
  [charge, stripe, `await stripe.checkout.sessions.create({ mode: 'subscription' });`],
  [tax, stripe, `await stripe.products.create({ tax_code: taxCode });`],
  [sdk, 'libs/billing/src/providers/stripe/stripe.adapter.ts', `import Stripe from 'stripe';`],
  [sdk, 'libs/entitlements/src/access/guard.ts', `import { Injectable } from '@nestjs/common';`],
];
