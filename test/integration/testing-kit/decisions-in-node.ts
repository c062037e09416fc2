import assert from 'node:assert/strict';
import { ManualClock } from '@tollgate/kernel';
import { decide } from '../../../libs/entitlements/src/decisions/decide.js';
import type { ResolvedCaller } from '../../../libs/entitlements/src/decisions/engine.js';
import { composeEngine } from '../../../libs/entitlements/src/memory/compose-engine.js';
import { WarmOwner } from '../../../libs/entitlements/src/memory/warm-owner.js';
import {
  asking,
  assignment,
  AT,
  CATALOG,
  USER,
} from '../../../libs/entitlements/src/testing/decision-builders.js';

/** Every feature of the catalog, decided by the definition and by the engine, for owners of every kind. */
const holders = [
  [],
  [assignment()],
  [assignment({ plan: 'enterprise' })],
  [assignment({ to: AT, lapsed: 'expired' })],
];

const freshness = { epoch: 1, confirmedAt: AT.getTime(), isFreshAt: () => true };
const { engine, memory } = composeEngine(
  // The part of freshness that the memory asks for.
  {
    clock: new ManualClock(AT),
    freshness: freshness as never,
    catalogs: { current: () => CATALOG },
    upgradeUrl: null,
  },
  { maxEntries: 100, ttlMs: 60_000, random: () => 0 },
);

for (const [number, assignments] of holders.entries()) {
  const ownerId = `owner-${number}`;
  const reading = memory.begin();
  const account = { ownerId, since: AT, organizationId: null, memberIds: [] };
  const facts = { ownerId, assignments, overrides: [] };
  const owner = memory.admit({ account, facts }, 'user-1', reading, { current: CATALOG, pinned: new Map() });
  memory.end(reading);
  if (!(owner instanceof WarmOwner)) throw new Error('a personal space has no organization');
  for (const feature of [...CATALOG.features.keys(), 'unknown']) {
    const caller: ResolvedCaller = { principal: USER, owner, organizationId: null, userId: 'user-1' };
    const expected = decide({ ...asking(feature, assignments), owner: facts });
    assert.deepEqual(engine.answer(caller, feature), expected, `${ownerId} and ${feature}`);
  }
}
console.log('decided');
