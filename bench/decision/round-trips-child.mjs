import { inProject } from '../../apps/api/bin/project.mjs';
import { startApplication } from '../http/application.mjs';
import { answerParent } from '../runner/child.mjs';
import { catalogFormOf } from './contenders/tollgate-catalog.mjs';
import { randomId, seededRandom } from './random.mjs';
import { worldOf } from './world.mjs';

const dist = (path) => import(inProject('dist', path));
const SEED = 100;
const state = { statements: 0 };

answerParent({
  async start({ databaseUrl }) {
    state.world = worldOf({ owners: 0 });
    state.quotas = state.world.features.map((_, index) => `quota-${index}`);
    state.app = await startApplication(databaseUrl, { catalog: catalogWith(state) });
    const { DataSource } = await import('typeorm');
    countStatements(state.app.get(DataSource).driver.master);
  },

  /** Statements for one cold owner, for many of them with as many flags, and for the same when warm with quotas. */
  async count({ many }) {
    const { EntitlementsService } = await dist('libs/entitlements/src/index.js');
    const entitlements = state.app.get(EntitlementsService, { strict: false });
    const [first, ...others] = await register(many + 1);
    const flags = state.world.features.map(({ key }) => key);
    const callersOf = (users) => Promise.all(users.map((userId) => callerOf(entitlements, userId)));
    const askAll = async (features) => {
      const answers = await entitlements.checkMany(await callersOf(others), features);
      const allowed = answers.flat().filter((answer) => answer.allowed).length;
      if (allowed === 0) throw new Error('nobody is allowed anything: these answers say nothing');
    };
    return {
      one: await statementsOf(async () => {
        const [caller] = await callersOf([first]);
        await entitlements.check(caller, flags[0]);
      }),
      flags: await statementsOf(() => askAll(flags)),
      quotas: await statementsOf(() => askAll(state.quotas)),
    };
  },

  stop: () => state.app.close(),
});

/** The flags of the world, and as many quotas. */
function catalogWith({ world, quotas }) {
  const form = catalogFormOf(world);
  const quota = (key) => ({ name: key, kind: 'quota', window: 'day', allowances: { free: 100 } });
  return {
    ...form,
    features: { ...form.features, ...Object.fromEntries(quotas.map((key) => [key, quota(key)])) },
  };
}

/** Counts what is sent over connections of the pool; the one that listens to the database is not of the pool. */
function countStatements(pool) {
  const counted = new WeakSet();
  pool.on('acquire', (client) => {
    if (counted.has(client)) return;
    counted.add(client);
    const query = client.query.bind(client);
    client.query = (...given) => {
      state.statements += 1;
      return query(...given);
    };
  });
}

async function statementsOf(work) {
  const before = state.statements;
  await work();
  return state.statements - before;
}

/** Owners in the database whom this process has never looked at. */
async function register(count) {
  const { BillingOwners } = await dist('libs/billing/src/index.js');
  const { TransactionRunner } = await dist('libs/kernel/src/index.js');
  const owners = state.app.get(BillingOwners, { strict: false });
  const random = seededRandom(SEED);
  const userIds = Array.from({ length: count }, () => randomId(random));
  await state.app.get(TransactionRunner, { strict: false }).run(async (tx) => {
    for (const userId of userIds) await owners.register(tx, userId);
  });
  return userIds;
}

const callerOf = (entitlements, userId) =>
  entitlements.callerFor({ kind: 'user', userId }, { kind: 'caller' });
