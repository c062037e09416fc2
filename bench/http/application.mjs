import 'reflect-metadata';
import { inProject } from '../../apps/api/bin/project.mjs';
import { routesModule } from './routes.mjs';

const dist = (path) => import(inProject('dist', path));

/**
 * The whole application as `npm run start:api` composes it, with a few routes more; no payment provider, no jobs. An
 * empty database gets `catalog`, or the one that every installation begins with.
 */
export async function startApplication(databaseUrl, { catalog } = {}) {
  const { AppModule } = await dist('apps/api/src/app.module.js');
  const { createApplication } = await dist('apps/api/src/bootstrap.js');
  const { loadConfig } = await dist('apps/api/src/config/load-config.js');
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    PAYMENT_PROVIDER: 'none',
    TOLLGATE_JWT_SECRET: 'a secret of the bench, long enough to sign with',
    APP_URL: 'http://127.0.0.1:3000',
  });
  const role = { runsWork: false, passwordCost: 'test', catalog };
  const app = await createApplication(config, await routesModule(AppModule.forRoot(config, role)));
  await app.listen(0, '127.0.0.1');
  return app;
}

/**
 * Makes people and gives the headers each calls with. All hold the plan; every second one calls from an organization.
 */
export async function enrol(app, { count, plan }) {
  const { BillingOwners, GivenPlans, Organizations } = await dist('libs/billing/src/index.js');
  const { TransactionRunner } = await dist('libs/kernel/src/index.js');
  const { RegistrationService } = await dist('apps/api/src/auth/users/registration.service.js');
  const { AccessTokens } = await dist('apps/api/src/auth/tokens/access-tokens.service.js');
  const of = (service) => app.get(service, { strict: false });
  const transactions = of(TransactionRunner);
  const callers = [];
  for (let index = 0; index < count; index++) {
    const email = `${plan ?? 'free'}-${index}@example.test`;
    const { user } = await of(RegistrationService).register({
      email,
      password: 'correct horse battery',
      name: null,
    });
    const { accessToken } = await of(AccessTokens).issue(user.id);
    const headers = { authorization: `Bearer ${accessToken}` };
    await transactions.run(async (tx) => {
      const ownerId = await of(BillingOwners).idOfUser(tx, user.id);
      if (plan) {
        const actor = { kind: 'system', name: 'bench' };
        await of(GivenPlans).give(tx, { ownerId, plan, until: null, reason: 'bench', actor });
      }
      if (index % 2 === 1) {
        const name = `Team ${index}`;
        const made = await of(Organizations).create(tx, { name, userId: user.id, billingOwnerId: ownerId });
        headers['tollgate-organization'] = made;
      }
    });
    callers.push(headers);
  }
  return callers;
}
