import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import pg from 'pg';
import {
  BilledTo,
  Catalogs,
  CurrentAccess,
  type Decision,
  EntitlementsService,
  type OwnedAccess,
  Overrides,
  RequiresFeature,
} from '@tollgate/entitlements';
import { Freshness, ManualClock, TransactionRunner, UnavailableError } from '@tollgate/kernel';
import { CatalogStore } from '../../../libs/entitlements/src/catalog/catalog.store.js';
import { eventually } from '../../support/poll.js';
import { createDoorApp, type DoorApp, type DoorNodeOptions, startDoorNode } from './door-app.js';
import { doorCatalog } from './door-catalog.js';
import type { DoorNode } from './door-node.js';
import { holds, type Person, personOn, setMembers, teamOf } from './door-town.js';
import { MeteredController } from './metered.controller.js';
import { Outside } from './outside.js';

@BilledTo({ by: 'caller' })
@Controller('warm')
class WarmController {
  @Get()
  @RequiresFeature('paid')
  show(@CurrentAccess() access: OwnedAccess): string {
    return access.ownerId;
  }
}

const NOON = new Date('2027-03-10T12:00:00Z');
const clock = new ManualClock(NOON);
const options: DoorNodeOptions = {
  clock,
  controllers: [WarmController, MeteredController],
  providers: [Outside],
};
let test: DoorApp;
let other: DoorNode;
beforeAll(async () => {
  test = await createDoorApp(options);
  other = await startDoorNode(test.url, options);
});
afterAll(async () => {
  await other.close();
  await test.close();
});

async function accessOn({ app }: DoorNode, { userId }: Person): Promise<OwnedAccess> {
  const access = await app.get(EntitlementsService).callerFor({ kind: 'user', userId }, { kind: 'caller' });
  if (!access) throw new Error('nobody pays');
  return access;
}

const decisionOn = async (node: DoorNode, person: Person, feature: string): Promise<Decision> =>
  node.app.get(EntitlementsService).check(await accessOn(node, person), feature);

/** Within a second, as the contract says. */
const soon = <T>(look: () => Promise<T>): Promise<NonNullable<T>> => eventually(look, 1_000);

describe('SB-51 a change on one process', () => {
  it('of a plan is seen by another within a second', async () => {
    const person = await personOn(test, null);
    expect((await decisionOn(other, person, 'paid')).allowed).toBe(false);
    await holds(test, person.ownerId, 'pro');
    await soon(async () => (await decisionOn(other, person, 'paid')).allowed);
    await holds(test, person.ownerId, null);
    await soon(async () => !(await decisionOn(other, person, 'paid')).allowed);
  });

  it('of an override is seen by another within a second', async () => {
    const person = await personOn(test, null);
    expect((await decisionOn(other, person, 'paid')).allowed).toBe(false);
    const value = { enabled: true, limit: null } as const;
    const wish = {
      ownerId: person.ownerId,
      feature: 'paid',
      value,
      to: null,
      reason: 'test',
      author: 'staff:1',
    };
    await test.app.get(TransactionRunner).run((tx) => test.app.get(Overrides).make(tx, wish));
    await soon(async () => (await decisionOn(other, person, 'paid')).allowed);
  });

  it('of a membership is seen by another within a second', async () => {
    const [payer, guest] = [await personOn(test, 'pro'), await personOn(test, null)];
    const team = teamOf(payer);
    const visit = (node: DoorNode) =>
      node.anonymous.with({ ...guest.headers, 'tollgate-organization': team }).get('/warm');
    expect((await visit(other)).expect(403).body['reason']).toBe('owner_unresolved');
    await setMembers(test, team, [payer.userId, guest.userId]);
    await soon(async () => (await visit(other)).status === 200);
    await setMembers(test, team, [payer.userId]);
    await soon(async () => (await visit(other)).status === 403);
  });
});

describe('EE-06 EE-07 a decision', () => {
  const statements = (node: DoorNode): jest.Spied<DoorNode['database']['createQueryRunner']> =>
    jest.spyOn(node.database, 'createQueryRunner');

  it('G19 needs one statement for five hundred who ask together when cold', async () => {
    const person = await personOn(test, null);
    const asked = statements(other);
    const cold = await Promise.all(Array.from({ length: 500 }, () => decisionOn(other, person, 'open')));
    expect([cold.every(({ allowed }) => allowed), asked.mock.calls.length]).toEqual([true, 1]);
    asked.mockRestore();
  });

  it('needs no statement when warm', async () => {
    const person = await personOn(test, 'pro');
    const asked = statements(other);
    const ask = () => decisionOn(other, person, 'paid');
    // What was told of the new plan may still be on its way when it is first asked for.
    await soon(async () => {
      asked.mockClear();
      return (await ask()).allowed && asked.mock.calls.length === 0;
    });
    asked.mockRestore();
    // At the wire, whoever's connection it is; only the sign of life goes on.
    const sent = jest.spyOn(pg.Client.prototype, 'query');
    for (const _ of Array(100).keys()) expect((await ask()).allowed).toBe(true);
    const caller = other.anonymous.with(person.headers);
    for (const _ of Array(20).keys()) (await caller.get('/warm')).expect(200);
    expect((await decisionOn(other, person, 'off')).allowed).toBe(false);
    const heard = sent.mock.calls.map(([statement]) => statement as unknown);
    expect(heard.filter((statement) => statement !== 'select 1')).toEqual([]);
    sent.mockRestore();
  });

  it('is never served past the instant at which it changes', async () => {
    const person = await personOn(test, null);
    await holds(test, person.ownerId, 'pro', new Date(NOON.getTime() + 60_000));
    await soon(async () => (await decisionOn(other, person, 'paid')).allowed);
    clock.set(new Date(NOON.getTime() + 59_999));
    expect((await decisionOn(other, person, 'paid')).allowed).toBe(true);
    clock.set(new Date(NOON.getTime() + 60_000));
    expect((await decisionOn(other, person, 'paid')).allowed).toBe(false);
    clock.set(NOON);
  });
});

describe('EE-12 a process that cannot tell what it missed', () => {
  it('counts nothing by what it remembers, although the database would take it', async () => {
    const person = await personOn(test, 'pro');
    const access = await accessOn(other, person);
    expect((await decisionOn(other, person, 'paid')).allowed).toBe(true);
    const freshness = other.app.get(Freshness, { strict: false });
    const silent = [
      jest.spyOn(freshness, 'isFreshAt').mockReturnValue(false),
      jest.spyOn(freshness, 'confirm').mockResolvedValue(false),
    ];
    expect(await decisionOn(other, person, 'paid')).toMatchObject({ allowed: true, stale: true });
    const service = other.app.get(EntitlementsService);
    expect(await service.consume(access, 'lasting_units')).toMatchObject({ reason: 'unavailable' });
    for (const spy of silent) spy.mockRestore();
    expect(await service.check(access, 'lasting_units')).toMatchObject({ allowed: true, used: 0 });
  });
});

describe('SB-50 the time for which owners are remembered', () => {
  it.each([59, 301, 60.5])('is not %s seconds', async (cacheTtlSeconds) => {
    await expect(
      startDoorNode(test.url, { ...options, entitlements: { cacheTtlSeconds } }),
    ).rejects.toMatchObject({ code: 'cache_ttl_invalid' });
  });
});

describe('EE-25 the catalog', () => {
  it('with another limit is seen by another process within a second', async () => {
    const person = await personOn(test, 'pro');
    expect(await decisionOn(other, person, 'exports')).toMatchObject({ limit: 50 });
    const { exports } = doorCatalog.features;
    const features = { ...doorCatalog.features, exports: { ...exports, allowances: { pro: 60, gold: -1 } } };
    const by = { author: 'test', reason: 'more exports' };
    await test.app.get(Catalogs).publish({ ...doorCatalog, features }, by);
    await soon(async () => (await decisionOn(other, person, 'exports')).limit === 60);
  });

  it('that a process has heard of and cannot read decides nothing: neither the old one nor none', async () => {
    const person = await personOn(test, 'pro');
    const caller = other.anonymous.with(person.headers);
    (await caller.get('/warm')).expect(200);
    const reading = jest
      .spyOn(other.app.get(CatalogStore, { strict: false }), 'read')
      .mockRejectedValue(new UnavailableError('unavailable', 'the database went away'));
    const off = { ...doorCatalog.features, paid: { ...doorCatalog.features.paid, enabled: false } };
    await test.app
      .get(Catalogs)
      .publish({ ...doorCatalog, features: off }, { author: 'test', reason: 'off' });
    await soon(async () => !(await decisionOn(other, person, 'paid')).allowed);
    for (const answer of [await caller.get('/warm'), await caller.post('/metered/runs', {})])
      expect(answer.expect(503).body).toMatchObject({ reason: 'unavailable' });
    reading.mockRestore();
    expect(await decisionOn(other, person, 'paid')).toMatchObject({ reason: 'feature_disabled' });
    await test.app.get(Catalogs).publish(doorCatalog, { author: 'test', reason: 'on again' });
    await soon(async () => (await caller.get('/warm')).status === 200);
  });
});
