import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { type ChildCall, CountingChild } from './counting-children.js';
import { countsOf } from './usage-calls.js';

const AT = '2027-03-10T12:00:00.000Z';
const EXPIRY = '2027-03-10T12:15:00.000Z';

let testDatabase: TestDatabase;
let database: DataSource;
let one: CountingChild;
let other: CountingChild;

const start = (): Promise<CountingChild> => CountingChild.start(testDatabase.url, { zone: 'UTC', now: AT });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
  [one, other] = await Promise.all([start(), start()]);
});

afterAll(async () => {
  await Promise.all([one.kill(), other.kill()]);
  await database.destroy();
  await testDatabase.drop();
});

interface Standing {
  readonly feature: string;
  readonly counter: string;
  readonly buckets: string;
  readonly grants: string;
}

/** Feature by feature: what the counter, the buckets and the remembered grants say. */
const standingsOf = (ownerId: string): Promise<Standing[]> =>
  database.query(
    `select feature, used as counter,
       (select sum(quantity) from usage_bucket b where b.owner_id = c.owner_id and b.feature = c.feature) as buckets,
       (select sum(m.counted) from usage_grant g, unnest(g.features, g.counted) as m (feature, counted)
        where g.owner_id = c.owner_id and m.feature = c.feature) as grants
     from usage_counter c where owner_id = $1 order by feature`,
    [ownerId],
  );

const thresholdsOf = (ownerId: string): Promise<{ percent: number; used: string }[]> =>
  database.query('select percent, used from usage_threshold where owner_id = $1 order by percent', [ownerId]);

describe('two processes that are sent the same calls with keys', () => {
  it.each([
    ['the only meter', { executions: 700 }, 'executions'],
    ['the first of two meters', { executions: 700, ai_review: 5_000 }, 'executions'],
    ['the second of two meters', { executions: 5_000, ai_review: 300 }, 'ai_review'],
  ])('grant exactly the limit of %s, each key with one answer', async (_, limits, full) => {
    const ownerId = randomUUID();
    const calls: ChildCall[] = Array.from({ length: 600 }, (__, place) => {
      const quantity = { executions: 1 + (place % 3), ai_review: 1 + (place % 2) };
      const meters = Object.fromEntries(
        Object.entries(limits).map(([feature, limit]) => [
          feature,
          { limit, quantity: quantity[feature as keyof typeof quantity] },
        ]),
      );
      return { ownerId, at: AT, key: `run-${place}`, meters };
    });
    // From both ends: what one process has counted the other finds counted, and the reverse. In batches of all sizes.
    const [there, back] = await Promise.all([one.race(calls, 20), other.race(calls.toReversed(), 30)]);
    expect(back.toReversed()).toEqual(there);
    const granted = calls.filter((__, place) => there[place] !== null);
    const rows = await standingsOf(ownerId);
    for (const { feature, counter, buckets, grants } of rows) {
      const wanted = granted.reduce((sum, { meters }) => sum + (meters[feature]?.quantity ?? 0), 0);
      expect({ feature, counter, buckets, grants }).toEqual({
        feature,
        counter: String(wanted),
        buckets: String(wanted),
        grants: String(wanted),
      });
    }
    expect(rows.find(({ feature }) => feature === full)?.counter).toBe(
      String(Object.entries(limits).find(([feature]) => feature === full)?.[1]),
    );
  });

  it('count each of 500 keys once', async () => {
    const ownerId = randomUUID();
    const calls = Array.from({ length: 500 }, (_, place) => ({
      ownerId,
      at: AT,
      key: `run-${place}`,
      meters: { executions: { limit: 100_000 } },
    }));
    const [ones, others] = await Promise.all([one.race(calls, 25), other.race(calls, 40)]);
    expect(others).toEqual(ones);
    expect(new Set(ones).size).toBe(500);
    expect(await countsOf(database, ownerId)).toEqual({ counters: 500n, buckets: 500n, grants: 500n });
  });
});

describe('two processes that reach a limit together, batch by batch', () => {
  it.each([
    ['deny', 1_000],
    ['allow', 1_400],
  ] as const)(
    'tell 80 %% and 100 %% once in a window (overage: %s, counted: %i)',
    async (overage, counted) => {
      const ownerId = randomUUID();
      const call = { ownerId, at: AT, overage, meters: { executions: { limit: 1_000 } } };
      const calls = Array.from({ length: 700 }, () => call);
      const answers = (await Promise.all([one.race(calls, 50), other.race(calls, 70)])).flat();
      expect(answers.filter((answer) => answer !== null)).toHaveLength(counted);
      expect(await countsOf(database, ownerId)).toMatchObject({
        counters: BigInt(counted),
        buckets: BigInt(counted),
      });
      const told = await thresholdsOf(ownerId);
      expect(told.map(({ percent }) => percent)).toEqual([80, 100]);
      expect(told.every(({ percent, used }) => Number(used) >= percent * 10)).toBe(true);
    },
  );
});

describe('what a crashed process had held', () => {
  it('goes back at its expiry, once, although two others sweep twice at the same time', async () => {
    const ownerId = randomUUID();
    const crashing = await start();
    const call = { ownerId, at: AT, meters: { executions: { quantity: 4, limit: 10 } } };
    await crashing.race([{ ...call, meters: { executions: { quantity: 3, limit: 10 } } }]);
    expect(await crashing.ask('reserve', { ...call, key: 'run-1', expiresAt: EXPIRY })).toBe(true);
    await crashing.kill();
    expect(await one.race([call])).toEqual([null]);
    const sweep = (at: string): Promise<unknown> =>
      Promise.all([one.ask('sweep', { at }), other.ask('sweep', { at })]);
    await sweep('2027-03-10T12:14:59.999Z');
    expect((await countsOf(database, ownerId)).counters).toBe(7n);
    await sweep(EXPIRY);
    await sweep(EXPIRY);
    expect(await countsOf(database, ownerId)).toMatchObject({ counters: 3n, buckets: 3n });
    expect(await one.race([{ ...call, key: 'run-1' }])).toEqual([expect.any(String)]);
    expect(await countsOf(database, ownerId)).toEqual({ counters: 7n, buckets: 7n, grants: 4n });
  });
});
