import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Allowed,
  Catalogs,
  type Decision,
  EntitlementsService,
  type OwnedAccess,
} from '@tollgate/entitlements';
import { Freshness } from '@tollgate/kernel';
import { CatalogStore } from '../../../libs/entitlements/src/catalog/catalog.store.js';
import type { Answer } from '../../support/caller.js';
import { ThingsStore } from '../../support/guarded/things.store.js';
import { eventually } from '../../support/poll.js';
import { type StoppedDate, stopDate } from '../../support/stopped-date.js';
import { startStopwatch } from '../../support/stopwatch.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { createDoorApp, type DoorApp, type DoorNodeOptions, startDoorNode } from './door-app.js';
import { doorCatalog } from './door-catalog.js';
import type { DoorNode } from './door-node.js';
import { holds, type Person, personOn } from './door-town.js';
import { MeteredController } from './metered.controller.js';
import { Outside } from './outside.js';
import { WorksController } from './works.js';

const options: DoorNodeOptions = {
  controllers: [WorksController, MeteredController],
  providers: [Outside, ThingsStore],
};

/** A process of an installation whose others still reach the database. */
let home: DoorApp;
beforeAll(async () => {
  home = await createDoorApp(options);
});
afterAll(() => home.close());

const UNAVAILABLE = { allowed: false, reason: 'unavailable' } as const;

/** The catalog of the doors with other features in it, published by a process that reaches the database. */
async function republish(features: object): Promise<void> {
  const form = { ...doorCatalog, features: { ...doorCatalog.features, ...features } };
  await home.app.get(Catalogs).publish(form, { author: 'test', reason: 'meanwhile' });
}

describe.each(['cut', 'freeze'] as const)('EE-12 a process that loses its database (%s)', (how) => {
  let proxy: TcpProxy;
  let node: DoorNode;
  let date: StoppedDate;
  let person: Person;
  let ending: Person;
  let rising: Person;
  let losing: Person;

  beforeAll(async () => {
    proxy = await startTcpProxy(home.url);
    date = stopDate();
    const after = (seconds: number): Date => new Date(date.since + seconds * 1_000);
    // Before the process listens: what is told of the plans must not come in between and have them forgotten.
    person = await personOn(home, 'pro');
    ending = await personOn(home, null);
    await holds(home, ending.ownerId, 'pro', after(100));
    rising = await personOn(home, 'pro');
    await home.database.query(
      `insert into assignment (id, owner_id, plan, source, from_at)
       values (gen_random_uuid(), $1, 'gold', 'subscription', $2)`,
      [rising.ownerId, after(50)],
    );
    losing = await personOn(home, 'pro');
    node = await startDoorNode(proxy.url, options);
    for (const known of [person, ending, rising, losing])
      expect(await ask(known, 'paid')).not.toHaveProperty('stale');
    proxy[how]();
  });
  afterAll(async () => {
    date.release();
    proxy.thaw();
    await node.close();
    await proxy.close();
  });

  /** The process's real time stands so many milliseconds after the last sign of life of the database. */
  const at = (milliseconds: number): void => date.moveTo(milliseconds);
  const service = (): EntitlementsService => node.app.get(EntitlementsService);

  async function accessOf({ userId }: Person): Promise<OwnedAccess> {
    const access = await service().callerFor({ kind: 'user', userId }, { kind: 'caller' });
    if (!access) throw new Error('nobody pays');
    return access;
  }

  const ask = async (somebody: Person, feature: string, quantity = 1n): Promise<Decision> =>
    service().check(await accessOf(somebody), feature, { quantity });

  const post = (path: string, body?: unknown): Promise<Answer> =>
    node.anonymous.with(person.headers).post(path, body);

  /** Keeps the process from seeing which catalog is the newest until it may. */
  function holdLook(): { goOn(): void } {
    const store = node.app.get(CatalogStore, { strict: false });
    const look = store.newestVersion.bind(store);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    store.newestVersion = (reader) => held.then(() => look(reader));
    return { goOn };
  }

  it('counts and creates nothing before it has noticed, and says so within three seconds', async () => {
    at(0);
    const access = await accessOf(person);
    const watch = startStopwatch();
    const [creating, counting] = await Promise.all([
      post('/works/things'),
      service().consume(access, 'runs'),
      post('/metered/both', {}).then((answer) => answer.expect(503)),
    ]);
    // The bound of the fault table, not a measure of speed.
    expect(watch.stop()).toBeLessThan(3_000);
    expect(counting).toMatchObject(UNAVAILABLE);
    expect(creating.expect(503).body).toMatchObject({ reason: 'unavailable' });
    expect(creating.headers.get('retry-after')).toBe('5');
    expect(node.app.get(Outside).calls).toEqual([]);
  });

  it('answers a flag as last known for 300 s and not a millisecond longer', async () => {
    at(999);
    expect(await ask(person, 'paid')).not.toHaveProperty('stale');
    const stale: Partial<Allowed> = { allowed: true, stale: true, asOf: new Date(date.since).toISOString() };
    for (const age of [1_001, 299_999, 300_000]) {
      at(age);
      expect(await ask(person, 'paid')).toMatchObject(stale);
      (await post('/works/run')).expect(201);
    }
    for (const age of [300_001, 301_000, 3_600_000]) {
      at(age);
      expect(await ask(person, 'paid')).toMatchObject(UNAVAILABLE);
      const answer = (await post('/works/run')).expect(503);
      expect(answer.headers.get('retry-after')).toBe('5');
    }
  });

  it('ends earlier where the feature’s own policy does, and at once where it is closed', async () => {
    for (const [age, brief] of [
      [1_001, true],
      [20_000, true],
      [20_001, false],
    ] as const) {
      at(age);
      expect((await ask(person, 'brief')).allowed).toBe(brief);
      expect(await ask(person, 'strict')).toMatchObject(UNAVAILABLE);
      expect(await ask(person, 'paid')).toMatchObject({ allowed: true, stale: true });
    }
  });

  it.each([
    ['what the owner holds', 'strict', 'pppr n n n'],
    ['the rates', 'hurried', 'ppppp r n'],
    ['the count', 'lasting_units', 'ppppp n r'],
  ])('names the layer in a trace that could not be asked: %s', async (_, feature, layers) => {
    at(2_000);
    const { trace = [] } = await service().check(await accessOf(person), feature, { trace: true });
    const outcomes = trace.map(({ outcome }) => outcome[0]).join('');
    expect(outcomes).toBe(layers.replaceAll(' ', ''));
  });

  it('never answers past the end of the plan, nor before its beginning', async () => {
    at(99_999);
    expect(await ask(ending, 'paid')).toMatchObject({ allowed: true, stale: true });
    at(100_000);
    for (const feature of ['paid', 'open']) expect(await ask(ending, feature)).toMatchObject(UNAVAILABLE);
    at(49_999);
    expect(await ask(rising, 'lasting', 10n)).toMatchObject({ allowed: true, limit: 10, stale: true });
    at(50_000);
    for (const size of [10n, 11n]) expect(await ask(rising, 'lasting', size)).toMatchObject(UNAVAILABLE);
  });

  it('never raises a limit: sizes are held against the last one, and what is counted is not answered', async () => {
    await holds(home, losing.ownerId, 'gold');
    at(1_001);
    expect(await ask(losing, 'lasting', 11n)).toMatchObject({ reason: 'ceiling_exceeded', limit: 10 });
    const access = await accessOf(losing);
    const snapshot = await service().snapshot(access);
    for (const feature of ['runs', 'things', 'size', 'lasting_places', 'lasting_units'])
      expect(snapshot.get(feature)).toMatchObject(UNAVAILABLE);
    expect(await service().getLimit(access, 'lasting_units')).toBe(0);
    expect(await service().checkUsage(access, 'lasting_units')).toMatchObject({
      remaining: 0,
      canUse: false,
    });
    await expect(service().require(access, 'lasting_places')).rejects.toMatchObject({
      decision: UNAVAILABLE,
    });
    expect(await service().consume(access, 'lasting_units')).toMatchObject(UNAVAILABLE);
    await holds(home, losing.ownerId, null);
  });

  it('knows nothing of somebody whom it did not know before', async () => {
    at(1_001);
    const stranger = await personOn(home, 'pro');
    await expect(accessOf(stranger)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('counts and creates nothing, and says so at once', async () => {
    at(1_001);
    for (const path of ['/metered/runs', '/metered/both', '/works/things'])
      expect((await post(path, {})).expect(503).body).toMatchObject({ reason: 'unavailable' });
    expect((await node.anonymous.with(person.headers).patch('/works/size', { nodes: [1] })).status).toBe(503);
    expect(node.app.get(Outside).calls.filter((call) => call !== 'http')).toEqual([]);
  });

  it('recovers: the first answer that is not stale knows what changed meanwhile', async () => {
    at(2_000);
    expect(await ask(losing, 'paid')).toMatchObject({ allowed: true, stale: true });
    await republish({ brief: { ...doorCatalog.features.brief, enabled: false } });
    const look = holdLook();
    proxy.mend();
    proxy.thaw();
    await eventually(async () => node.app.get(Freshness, { strict: false }).fresh);
    // It hears again, but has not looked yet for the catalog that it may have missed.
    expect(await ask(person, 'brief')).toMatchObject(UNAVAILABLE);
    look.goOn();
    expect(await ask(person, 'brief')).toMatchObject({ reason: 'feature_disabled' });
    expect(await ask(losing, 'paid')).toMatchObject({ reason: 'subscription_lapsed' });
    (await post('/metered/runs', {})).expect(201);
    (await post('/works/things')).expect(201);
    expect(await ask(person, 'paid')).not.toHaveProperty('stale');
    const [kept] = await home.database.query<object[]>(
      `select (select count(*)::int from thing where user_id = $2) as things,
         (select used::int from capacity_counter where owner_id = $1 and space = 'total') as places`,
      [person.ownerId, person.userId],
    );
    expect(kept).toEqual({ things: 1, places: 1 });
    await republish({});
  });
});
