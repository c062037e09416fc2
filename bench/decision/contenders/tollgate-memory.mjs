import { inProject } from '../../../apps/api/bin/project.mjs';
import { copyOf } from '../random.mjs';
import { catalogFormOf } from './tollgate-catalog.mjs';

const dist = (path) => import(inProject('dist/libs', path));

/** Longer than any run: what is measured is remembering, not reading again. */
const TTL_MS = 3_600_000;

const since = () => new Date('2026-01-01T00:00:00Z');
const until = () => new Date('2126-01-01T00:00:00Z');

/**
 * The parts of a process that decide from memory, composed as `EntitlementsModule` composes them but without a
 * database: `callers` finds who pays, `decisions` answers. `admit(owner)` has an owner remembered, in person and with
 * its organization, as if both had been read.
 */
export async function composeMemory(world, { maxEntries }) {
  const { composeEngine } = await dist('entitlements/src/memory/compose-engine.js');
  const { Accounts } = await dist('entitlements/src/memory/accounts.service.js');
  const { Callers } = await dist('entitlements/src/access/callers.service.js');
  const { DecisionMaker } = await dist('entitlements/src/decisions/decision-maker.service.js');
  const { readCatalogForm } = await dist('entitlements/src/catalog/read-catalog-form.js');
  const { SystemClock, Freshness, realNow } = await dist('kernel/src/index.js');
  const catalog = readCatalogForm(catalogFormOf(world), 1);
  const clock = new SystemClock();
  const freshness = new Freshness();
  // Checks in a loop leave no turn for a heartbeat, so one is heard in advance.
  freshness.begin(realNow() + TTL_MS);
  const { engine, memory } = composeEngine(
    { clock, freshness, catalogs: { current: () => catalog }, upgradeUrl: '/pricing' },
    { maxEntries, ttlMs: TTL_MS, random: () => 0.5 },
  );
  const callers = new Callers(new Accounts(memory, null, freshness, null));
  const catalogs = { current: catalog, pinned: new Map() };
  const admit = (owner) => {
    const reading = memory.begin();
    for (const { known, userId } of readingsOf(owner)) memory.admit(known, userId, reading, catalogs);
    memory.end(reading);
  };
  return { admit, callers, decisions: new DecisionMaker(engine, callers, clock, { isCurrent: true }) };
}

/** What the database would answer: new strings and instants each time, as a driver makes them. */
function readingsOf({ id, userId, organizationId, plan }) {
  const facts = () => factsOf(copyOf(id), plan);
  const accountOf = (organization, memberIds) => ({
    ownerId: copyOf(id),
    since: since(),
    organizationId: organization,
    memberIds,
  });
  return [
    { known: { account: accountOf(null, []), facts: facts() }, userId: copyOf(userId) },
    { known: { account: accountOf(copyOf(organizationId), [copyOf(userId)]), facts: facts() }, userId: null },
  ];
}

function factsOf(ownerId, plan) {
  const assignment = {
    id: ownerId,
    ownerId,
    plan,
    source: 'subscription',
    from: since(),
    to: until(),
    graceSince: null,
    lapsed: 'expired',
    billingAnchor: since(),
    anchorSince: null,
    anchorBefore: null,
    catalogVersion: null,
  };
  return { ownerId, assignments: plan === 'free' ? [] : [assignment], overrides: [] };
}
