import { describe, expect, it } from '@jest/globals';
import { UNLIMITED } from '../../../libs/usage/src/index.js';
import { meteringApp } from './metering-app.js';
import { asking, countsOf, meter, newOwner } from './usage-calls.js';

const LARGEST = 9_223_372_036_854_775_807n;
const MOST_WAITING = 20_000;

const metering = meteringApp();

describe('a batch of many', () => {
  it.each([
    [
      'whose count would become too large',
      { meters: [meter({ quantity: LARGEST, limit: UNLIMITED })] },
      'quantity_overflow',
    ],
    ['that no row can hold', { principal: 'user:\u0000' }, 'usage_refused'],
  ])('refuses one call %s, alone, and grants all others', async (_, wish, code) => {
    const owners = Array.from({ length: 10 }, newOwner);
    const culprit = owners[3] ?? '';
    const unlimited = [meter({ limit: UNLIMITED })];
    await metering.usage.consume(asking(culprit, { meters: unlimited }));
    const calls = Array.from({ length: 101 }, (__, call) =>
      call === 43
        ? asking(culprit, { meters: unlimited, ...wish })
        : asking(owners[call % 10] ?? '', { meters: unlimited }),
    );
    const outcomes = await Promise.allSettled(calls.map((call) => metering.usage.consume(call)));
    const refused = outcomes.flatMap((outcome, call) => (outcome.status === 'rejected' ? [call] : []));
    expect(refused).toEqual([43]);
    expect(outcomes[43]).toMatchObject({ reason: { kind: 'invalid', code } });
    for (const owner of owners) {
      const wanted = BigInt(calls.filter(({ ownerId }) => ownerId === owner).length);
      // The culprit's owner had one before, and its refused call counts for nothing.
      expect(await countsOf(metering.database, owner)).toMatchObject({ counters: wanted, buckets: wanted });
    }
  });
});

describe('a batch of several owners', () => {
  it('notes the thresholds of each, and none that was not reached', async () => {
    const owners = [newOwner(), newOwner(), newOwner()];
    const units = [7n, 8n, 10n];
    await Promise.all(
      owners.map((owner, place) =>
        metering.usage.consume(asking(owner, { meters: [meter({ quantity: units[place] ?? 0n })] })),
      ),
    );
    const rows = await metering.database.query<{ owner_id: string; percent: number }[]>(
      'select owner_id, percent from usage_threshold where owner_id = any ($1) order by percent, used',
      [owners],
    );
    expect(rows.map(({ owner_id, percent }) => [owners.indexOf(owner_id), percent])).toEqual([
      [1, 80],
      [2, 80],
      [2, 100],
    ]);
  });
});

const isUnavailable = (outcome: PromiseSettledResult<unknown>): boolean =>
  outcome.status === 'rejected' && (outcome.reason as { code?: string }).code === 'usage_unavailable';

describe('a queue', () => {
  it('that is full refuses whoever comes at once, and answers all who stand in it', async () => {
    const owner = newOwner();
    const wish = asking(owner, { meters: [meter({ limit: UNLIMITED })] });
    const order: string[] = [];
    const waiting = Promise.allSettled(
      Array.from({ length: MOST_WAITING }, () => metering.usage.consume(wish)),
    );
    void waiting.then(() => order.push('served'));
    const tooMany = await Promise.allSettled(Array.from({ length: 50 }, () => metering.usage.consume(wish)));
    order.push('refused');
    expect(tooMany.every(isUnavailable)).toBe(true);
    // On a slow machine the time of those who stand in it may run out: they hear so, whether or not they were counted.
    const late = (await waiting).filter(({ status }) => status === 'rejected');
    expect(late.every(isUnavailable)).toBe(true);
    expect(order).toEqual(['refused', 'served']);
    const { counters, buckets } = await countsOf(metering.database, owner);
    expect(counters).toBe(buckets);
    expect(counters).toBeGreaterThanOrEqual(BigInt(MOST_WAITING - late.length));
    expect(counters).toBeLessThanOrEqual(BigInt(MOST_WAITING));
  });
});
