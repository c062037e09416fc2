import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntitlementsService, type OwnedAccess } from '@tollgate/entitlements';
import { ManualClock } from '@tollgate/kernel';
import type { Caller } from '../../support/caller.js';
import { createDoorApp, type DoorApp } from './door-app.js';
import { type Person, personOn } from './door-town.js';
import { ToldController, ToldService } from './told.controller.js';

const RESETS_AT = '2027-03-11T00:00:00.000Z';

describe.each(['fastify', 'express'] as const)('a handler on %s that asks for its decision', (adapter) => {
  let test: DoorApp;
  let person: Person;
  let caller: Caller;
  beforeAll(async () => {
    test = await createDoorApp({
      adapter,
      clock: new ManualClock(new Date('2027-03-10T12:00:00Z')),
      controllers: [ToldController],
      providers: [ToldService],
    });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await personOn(test, 'pro');
    caller = test.anonymous.with(person.headers);
  });

  const onPro = (feature: string, facts: object): object => ({
    allowed: true,
    feature,
    ownerId: person.ownerId,
    plan: 'pro',
    source: 'staff',
    ...facts,
  });

  async function access(): Promise<OwnedAccess> {
    const principal = { kind: 'user', userId: person.userId } as const;
    const found = await test.app.get(EntitlementsService).callerFor(principal, { kind: 'caller' });
    if (!found) throw new Error('nobody pays');
    return found;
  }

  it('gets that of a flag, from memory or with its rates spent', async () => {
    expect((await caller.get('/told/flag')).expect(200).body).toEqual(onPro('paid', { limit: null }));
    expect((await caller.get('/told/flag')).expect(200).body).toEqual(onPro('paid', { limit: null }));
    expect((await caller.get('/told/rated')).expect(200).body).toEqual(onPro('paced', { limit: null }));
  });

  it('gets that of a quota as it was counted', async () => {
    const counted = { limit: 5, used: 2, remaining: 3, resetsAt: RESETS_AT };
    expect((await caller.post('/told/runs', { units: 2 })).expect(201).body).toEqual(onPro('runs', counted));
  });

  it('gets each of several by its name', async () => {
    const answer = (await caller.post('/told/several', {})).expect(201);
    expect(answer.body).toEqual([
      onPro('runs', { limit: 5, used: 1, remaining: 4, resetsAt: RESETS_AT }),
      onPro('paid', { limit: null }),
      onPro('reviews', { limit: 3, used: 1, remaining: 2, resetsAt: RESETS_AT }),
    ]);
  });

  it('is told that units lie beyond the limit, where overage is sold', async () => {
    person = await personOn(test, 'gold');
    caller = test.anonymous.with(person.headers);
    const answer = (await caller.post('/told/runs', { units: 7 })).expect(201);
    expect(answer.body).toMatchObject({ plan: 'gold', used: 7, remaining: 0, overage: true });
  });

  it('gets those of a capacity, before its place is taken, and of a ceiling', async () => {
    (await caller.post('/told/things', {})).expect(201);
    expect((await caller.post('/told/things', {})).expect(201).body).toMatchObject({
      feature: 'things',
      used: 1,
    });
    expect((await caller.post('/told/size', { nodes: 4 })).expect(201).body).toEqual(
      onPro('size', { limit: 10 }),
    );
  });

  it.each(['bare', 'other'])('fails where no gate gives it: %s', async (path) => {
    expect((await caller.get(`/told/${path}`)).expect(500).body['error']).toBe('gate_misdeclared');
  });

  it('gets it from its pass when it is a method', async () => {
    const service = test.app.get(ToldService);
    expect(await service.run(await access())).toEqual([
      onPro('runs', { limit: 5, used: 1, remaining: 4, resetsAt: RESETS_AT }),
      onPro('paid', { limit: null }),
    ]);
    await expect(service.other(await access())).rejects.toMatchObject({ code: 'gate_misdeclared' });
  });
});
