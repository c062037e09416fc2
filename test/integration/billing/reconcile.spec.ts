import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GivenPlans, Reconcile, SUBSCRIPTION_STATUSES } from '@tollgate/billing';
import { Assignments } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { createFakeWorld, type FakeWorld } from '../../support/histories/fake-world.js';

const YEARS_MS = 10 * 365 * 24 * 3_600_000;

describe('reconcile', () => {
  let world: FakeWorld;

  beforeAll(async () => {
    world = await createFakeWorld();
  });
  afterAll(() => world.close());

  const run = (scope: 'recent' | 'full' = 'full') =>
    world.libs.app.get(Reconcile, { strict: false }).run(world.providers.polar, scope, new Date());
  const wanted = async (): Promise<string[]> => {
    const [rows] = await world.libs.database.query<[{ payload: { subscriptionId: string } }[], number]>(
      `delete from work_item where kind = 'subscription.sync' returning payload`,
    );
    return rows.map(({ payload }) => payload.subscriptionId);
  };
  const differences = (id: string) =>
    world.libs.database.query<
      { field: string; ours: string | null; theirs: string | null; repaired: boolean }[]
    >(
      `select field, ours, theirs, repaired_at is not null as repaired from reconcile_difference
       where subscription_id = $1 order by field`,
      [id],
    );

  it('imports what it never heard of, with one fetch for each, and finds nothing afterwards', async () => {
    const bought = await Promise.all(Array.from({ length: 5 }, () => world.buy('polar')));
    expect(await run()).toBe(5);
    const ids = await wanted();
    expect(new Set(ids)).toEqual(new Set(bought.map(({ id }) => id)));
    const before = world.providers.polar.calls.length;
    for (const id of ids) await world.work('polar', id);
    expect(world.providers.polar.calls.length - before).toBe(5);
    expect(await run()).toBe(0);
    expect(await wanted()).toEqual([]);
  });

  it('shows what differs field by field, and that it was repaired', async () => {
    const { id } = await world.buy('polar');
    await world.work('polar', id);
    await wanted();
    const cancelAt = new Date('2030-01-01T00:00:00Z');
    world.providers.polar.change(id, { seats: 7, cancelAt });
    expect(await run('recent')).toBe(1);
    expect(await run('recent')).toBe(1);
    expect(await differences(id)).toEqual([
      { field: 'cancelAt', ours: null, theirs: cancelAt.toISOString(), repaired: false },
      { field: 'seats', ours: '1', theirs: '7', repaired: false },
    ]);
    await world.work('polar', id);
    expect((await differences(id)).every(({ repaired }) => repaired)).toBe(true);
  });

  it('says on its row that a provider could not be asked, and goes on from there', async () => {
    world.providers.polar.goDown();
    expect(await run()).toBe(0);
    world.providers.polar.goDown(false);
    const [last] = await world.libs.database.query<{ error: string | null }[]>(
      'select error from reconcile_run order by id desc limit 1',
    );
    expect(last?.error).toContain('ProviderUnavailableError');
    await run();
    await wanted();
  });

  it('SB-46 leaves a lifetime plan alone, and makes no call about it', async () => {
    const { ownerId } = await world.buy('stripe');
    const actor = { kind: 'system', name: 'test' } as const;
    await world.libs.app
      .get(TransactionRunner)
      .run((tx) =>
        world.libs.app
          .get(GivenPlans, { strict: false })
          .give(tx, { ownerId, plan: 'enterprise', until: null, reason: 'a lifetime deal', actor }),
      );
    const held = () =>
      world.libs.app.get(Assignments, { strict: false }).ofOwner(world.libs.database.manager, ownerId);
    const before = await held();
    await world.libs.app
      .get(Reconcile, { strict: false })
      .run(world.providers.polar, 'full', new Date(Date.now() + YEARS_MS));
    expect(await held()).toEqual(before);
    expect(before).toMatchObject([{ plan: 'enterprise', source: 'staff', to: null }]);
    expect(await wanted()).toEqual([]);
  });

  it('FX-37 stores every status under its own word, and an unknown one never: the last known stays, with an alert', async () => {
    const { id } = await world.buy('polar');
    await world.work('polar', id);
    const stored = async () => {
      const [row] = await world.libs.database.query<{ status: string }[]>(
        'select status from provider_subscription where id = $1',
        [id],
      );
      return row?.status;
    };
    for (const status of SUBSCRIPTION_STATUSES) {
      world.providers.polar.change(id, { status, rawStatus: status });
      await world.work('polar', id);
      expect(await stored()).toBe(status);
    }
    world.providers.polar.change(id, { status: null, rawStatus: 'hibernating' });
    await world.work('polar', id);
    expect(await stored()).toBe(SUBSCRIPTION_STATUSES.at(-1));
    const alerts = await world.libs.database.query<{ note: string }[]>(
      `select details->>'note' as note from billing_alert where subject = $1 and resolved_at is null`,
      [`polar:${id}`],
    );
    expect(alerts).toEqual([{ note: 'unknown_status' }]);
  });
});
