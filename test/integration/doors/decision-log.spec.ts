import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DecisionEntry, EntitlementsService, type OwnedAccess } from '@tollgate/entitlements';
import { ManualClock } from '@tollgate/kernel';
import type { Caller } from '../../support/caller.js';
import { ThingsStore } from '../../support/guarded/things.store.js';
import { createDoorApp, type DoorApp } from './door-app.js';
import { doorCatalog } from './door-catalog.js';
import { type Person, personOn } from './door-town.js';
import { MeteredController } from './metered.controller.js';
import { Outside } from './outside.js';
import { WorkOwnership, WorksController, WorksSchedule, WorksService } from './works.js';

const NOON = new Date('2027-03-10T12:00:00Z');

describe('EE-12 every decision leaves one entry', () => {
  const entries: DecisionEntry[] = [];
  let isBroken = false;
  let test: DoorApp;
  let pro: Person;
  let free: Person;

  beforeAll(async () => {
    test = await createDoorApp({
      clock: new ManualClock(NOON),
      controllers: [WorksController, MeteredController],
      providers: [Outside, ThingsStore, WorkOwnership, WorksSchedule, WorksService],
      entitlements: {
        onDecision: (entry) => {
          if (isBroken) throw new Error('the disk is full');
          entries.push(entry);
        },
      },
    });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    [pro, free] = [await personOn(test, 'pro'), await personOn(test, null)];
    entries.length = 0;
  });

  const as = ({ headers }: Person): Caller => test.anonymous.with(headers);
  const service = (): EntitlementsService => test.app.get(EntitlementsService);

  async function accessOf({ userId }: Person): Promise<OwnedAccess> {
    const access = await service().callerFor({ kind: 'user', userId }, { kind: 'caller' });
    if (!access) throw new Error('nobody pays');
    return access;
  }

  /** What was noted since it was looked at last: what for, of which feature, and the reason or yes. */
  const noted = (): string[] =>
    entries
      .splice(0)
      .map(({ askedFor, feature, reason, allowed }) => `${askedFor} ${feature} ${reason ?? allowed}`);

  it('with who, whose, what, why and when, and nothing more', async () => {
    (await as(free).post('/works/run')).expect(403);
    expect(entries).toEqual([
      {
        at: NOON.toISOString(),
        askedFor: 'door',
        principal: `user:${free.userId}`,
        ownerId: free.ownerId,
        organizationId: null,
        feature: 'paid',
        allowed: false,
        reason: 'plan_required',
        plan: 'free',
        source: null,
      },
    ]);
  });

  it('at a door of a flag, from memory or not', async () => {
    for (const _ of [1, 2]) (await as(pro).post('/works/run')).expect(201);
    expect(noted()).toEqual(['door paid true', 'door paid true']);
  });

  it('at a door that counts: one for each quota when all are counted, one when one refuses', async () => {
    for (const _ of [1, 2, 3]) (await as(pro).post('/metered/both')).expect(201);
    expect(noted()).toEqual([1, 2, 3].flatMap(() => ['door runs true', 'door reviews true']));
    (await as(pro).post('/metered/both')).expect(429);
    (await as(free).post('/metered/both')).expect(403);
    expect(noted()).toEqual(['door reviews quota_exceeded', 'door runs plan_required']);
  });

  it('at a door of a capacity and of a ceiling', async () => {
    for (const status of [201, 201, 403]) (await as(free).post('/works/things')).expect(status);
    expect(noted()).toEqual(['door things true', 'door things true', 'door things capacity_reached']);
    const resize = (nodes: number) => as(free).patch('/works/size', { nodes: Array.from({ length: nodes }) });
    (await resize(3)).expect(200);
    (await resize(4)).expect(403);
    expect(noted()).toEqual(['door size true', 'door size ceiling_exceeded']);
  });

  it('at a door of a method and of a schedule', async () => {
    const access = await accessOf(pro);
    await test.app.get(WorksService).run(access);
    WorkOwnership.scheduled = free.userId;
    // The decorated method answers a promise, whatever its own type says.
    await expect(Promise.resolve(test.app.get(WorksSchedule).run())).rejects.toThrow('plan_required');
    expect(entries.map(({ principal }) => principal)).toEqual([
      `user:${pro.userId}`,
      'system:WorksSchedule.run',
    ]);
    expect(noted()).toEqual(['door paid true', 'door paid plan_required']);
  });

  it('of a service call', async () => {
    const access = await accessOf(pro);
    await service().check(access, 'paid');
    await service().require(access, 'hurried');
    await service().require(access, 'hurried');
    await expect(service().require(access, 'hurried')).rejects.toThrow('rate_limited');
    await service().consume(access, 'exports', { quantity: 50n });
    await service().reserve(access, 'exports');
    await service().canAccess(access, 'off');
    await service().getLimit(access, 'size');
    await service().checkUsage(access, 'runs');
    expect(noted()).toEqual([
      'check paid true',
      'require hurried true',
      'require hurried true',
      'require hurried rate_limited',
      'consume exports true',
      'consume exports quota_exceeded',
      'check off feature_disabled',
      'check size true',
      'check runs true',
    ]);
  });

  it('of a snapshot and a batch, which say that they were asked for together', async () => {
    const keys = Object.keys(doorCatalog.features).toSorted();
    const access = await accessOf(pro);
    await service().snapshot(access);
    const snapshot = entries.splice(0);
    expect(snapshot.map(({ feature }) => feature).toSorted()).toEqual(keys);
    await service().checkMany([access, await accessOf(free)], ['paid', 'open']);
    expect(noted()).toEqual([
      'many paid true',
      'many open true',
      'many paid plan_required',
      'many open true',
    ]);
    expect(new Set(snapshot.map(({ askedFor }) => askedFor))).toEqual(new Set(['many']));
  });

  it('and decides the same when nobody can write it down', async () => {
    isBroken = true;
    (await as(pro).post('/works/run')).expect(201);
    (await as(free).post('/works/run')).expect(403);
    (await as(pro).post('/metered/both')).expect(201);
    isBroken = false;
  });
});
