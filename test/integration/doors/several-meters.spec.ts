import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntitlementsService, type OwnedAccess } from '@tollgate/entitlements';
import { ManualClock } from '@tollgate/kernel';
import { createDoorApp, type DoorApp } from './door-app.js';
import { personOn } from './door-town.js';

const NOON = new Date('2027-03-10T12:00:00Z');

describe('units of several features', () => {
  const clock = new ManualClock(NOON);
  let test: DoorApp;
  let service: EntitlementsService;
  let access: OwnedAccess;
  beforeAll(async () => {
    test = await createDoorApp({ clock });
    service = test.app.get(EntitlementsService);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    clock.set(NOON);
    const { userId } = await personOn(test, 'pro');
    const found = await service.callerFor({ kind: 'user', userId }, { kind: 'caller' });
    if (!found) throw new Error('nobody pays');
    access = found;
  });

  const wanted = (runs: bigint, reviews: bigint) => [
    { feature: 'runs', quantity: runs },
    { feature: 'reviews', quantity: reviews },
  ];

  /** Units in the counters of runs and reviews. */
  const used = (): Promise<unknown[]> =>
    Promise.all(
      ['runs', 'reviews'].map(async (feature) => (await service.checkUsage(access, feature)).current),
    );

  it('are counted in their own quantities, and each is told how it stands', async () => {
    const { decision, decisions } = await service.consumeAll(access, wanted(4n, 2n));
    expect(decision).toBe(decisions[0]);
    expect(decisions).toMatchObject([
      { allowed: true, feature: 'runs', used: 4, remaining: 1 },
      { allowed: true, feature: 'reviews', used: 2, remaining: 1 },
    ]);
    expect(await used()).toEqual([4, 2]);
  });

  it('are counted all or none: the one that refuses answers', async () => {
    const { decision, decisions, reservationId } = await service.consumeAll(access, wanted(1n, 4n));
    expect(decision).toMatchObject({ reason: 'quota_exceeded', feature: 'reviews', used: 0, requested: 4 });
    expect([decisions, reservationId, await used()]).toEqual([[], null, [0, 0]]);
    const strange = await service.consumeAll(access, [...wanted(1n, 1n), { feature: 'no-such-feature' }]);
    expect(strange.decision).toMatchObject({ reason: 'feature_unknown' });
    expect(await used()).toEqual([0, 0]);
  });

  it('are counted once under one key, and another quantity of one of them is another request', async () => {
    const options = { key: 'call-1' };
    await service.consumeAll(access, wanted(2n, 1n), options);
    const again = await service.consumeAll(access, wanted(2n, 1n).toReversed(), options);
    expect(again.decision).toMatchObject({ allowed: true, replayed: true });
    await expect(service.consumeAll(access, wanted(2n, 2n), options)).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
    expect(await used()).toEqual([2, 1]);
  });

  it('are held together, and each committed at what was used; late, nothing is', async () => {
    const held = await service.reserveAll(access, wanted(5n, 3n), { holdSeconds: 60 });
    expect((await service.consumeAll(access, wanted(1n, 1n))).decision).toMatchObject({ feature: 'runs' });
    const actual = new Map([['runs', 2n]]);
    expect(await service.commit(held.reservationId ?? '', actual)).toBe('committed');
    expect(await service.commit(held.reservationId ?? '', actual)).toBe('already_committed');
    expect(await used()).toEqual([2, 3]);
    const late = await service.reserveAll(access, [{ feature: 'runs', quantity: 3n }], { holdSeconds: 60 });
    clock.set(new Date(NOON.getTime() + 60_000));
    expect(await service.commit(late.reservationId ?? '')).toBe('expired');
    expect(await used()).toEqual([2, 3]);
  });

  it('are at least one, and only what is counted in units', async () => {
    await expect(service.consumeAll(access, [])).rejects.toMatchObject({ code: 'meters_invalid' });
    const flag = [...wanted(1n, 1n), { feature: 'paid', quantity: 1n }];
    await expect(service.consumeAll(access, flag)).rejects.toMatchObject({ code: 'feature_not_metered' });
    expect(await used()).toEqual([0, 0]);
  });
});
