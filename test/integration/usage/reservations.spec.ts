import { describe, expect, it } from '@jest/globals';
import { TransactionRunner } from '../../../libs/kernel/src/index.js';
import { meteringApp } from './metering-app.js';
import { asking, countsOf, meter, newOwner, NOON } from './usage-calls.js';

const LATER = new Date(NOON.getTime() + 60_000);
const EXPIRY = new Date(NOON.getTime() + 600_000);

const metering = meteringApp();

const counts = (owner: string) => countsOf(metering.database, owner);

async function held(owner: string, wish: Parameters<typeof asking>[1] = {}): Promise<string> {
  const answer = await metering.usage.reserve({ ...asking(owner, wish), expiresAt: EXPIRY });
  if (!answer.granted) throw new Error('refused');
  return answer.reservationId;
}

describe('a reservation', () => {
  it('counts as used while it is held', async () => {
    const owner = newOwner();
    await held(owner, { meters: [meter({ quantity: 9n })] });
    const answer = await metering.usage.consume(asking(owner, { meters: [meter({ quantity: 2n })] }));
    expect(answer).toMatchObject({ granted: false, meters: [{ used: 9n }] });
    expect(await counts(owner)).toEqual({ counters: 9n, buckets: 9n, grants: 9n });
  });

  it('keeps all that was held, once', async () => {
    const owner = newOwner();
    const id = await held(owner, { meters: [meter({ quantity: 4n })] });
    expect(await metering.usage.commit(id, null, LATER)).toBe('committed');
    expect(await metering.usage.commit(id, null, LATER)).toBe('already_committed');
    expect(await metering.usage.release(id, LATER)).toBe('already_committed');
    expect(await counts(owner)).toEqual({ counters: 4n, buckets: 4n, grants: 4n });
  });

  it('gives back what was not used', async () => {
    const owner = newOwner();
    const meters = [meter({ quantity: 8n }), meter({ feature: 'ai_review', quantity: 2n })];
    const id = await held(owner, { meters });
    const actual = new Map([['executions', 3n]]);
    expect(await metering.usage.commit(id, actual, LATER)).toBe('committed');
    expect(await counts(owner)).toEqual({ counters: 5n, buckets: 5n, grants: 5n });
  });

  it('refuses to keep more than was held', async () => {
    const id = await held(newOwner());
    const more = metering.usage.commit(id, new Map([['executions', 2n]]), LATER);
    await expect(more).rejects.toMatchObject({ kind: 'invalid', code: 'quantity_invalid' });
  });

  it('gives everything back by release, once, and frees its key', async () => {
    const owner = newOwner();
    const id = await held(owner, { key: 'run-1', meters: [meter({ quantity: 4n })] });
    expect(await metering.usage.release(id, LATER)).toBe('released');
    expect(await metering.usage.release(id, LATER)).toBe('released');
    expect(await counts(owner)).toEqual({ counters: 0n, buckets: 0n, grants: 0n });
    expect(await metering.usage.consume(asking(owner, { key: 'run-1' }))).toMatchObject({
      granted: true,
      replayed: false,
    });
  });

  it('returns by itself: a commit after the expiry hears of it and counts nothing', async () => {
    const owner = newOwner();
    const id = await held(owner);
    expect(await metering.usage.commit(id, null, EXPIRY)).toBe('expired');
    expect(await metering.usage.commit(id, null, EXPIRY)).toBe('expired');
    expect(await counts(owner)).toEqual({ counters: 0n, buckets: 0n, grants: 0n });
  });

  it('can be committed until the last millisecond', async () => {
    const id = await held(newOwner());
    expect(await metering.usage.commit(id, null, new Date(EXPIRY.getTime() - 1))).toBe('committed');
  });

  it.each([
    [
      'a call of its own',
      (owner: string) => metering.usage.consume(asking(owner, { key: 'k', at: EXPIRY, meters: [meter()] })),
    ],
    [
      'the caller’s transaction',
      (owner: string) =>
        metering.app
          .get(TransactionRunner)
          .run((tx) =>
            metering.usage.consumeIn(tx, asking(owner, { key: 'k', at: EXPIRY, meters: [meter()] })),
          ),
    ],
  ])('leaves its key to %s once it has expired', async (_, consume) => {
    const owner = newOwner();
    await held(owner, { key: 'k', meters: [meter({ quantity: 10n })] });
    expect(await consume(owner)).toMatchObject({ granted: true, replayed: false, meters: [{ used: 1n }] });
    expect(await counts(owner)).toEqual({ counters: 1n, buckets: 1n, grants: 1n });
  });

  it('gives back to the window that the units came from', async () => {
    const owner = newOwner();
    const inApril = new Date('2027-04-02T00:00:00Z');
    const expiresAt = new Date('2027-05-01T00:00:00Z');
    const answer = await metering.usage.reserve({
      ...asking(owner, { meters: [meter({ quantity: 3n })] }),
      expiresAt,
    });
    await metering.usage.consume(asking(owner, { at: inApril, meters: [meter({ at: inApril })] }));
    await metering.usage.release(answer.granted ? answer.reservationId : '', inApril);
    const rows = await metering.database.query(
      'select window_start, used from usage_counter where owner_id = $1 order by 1',
      [owner],
    );
    expect(rows).toEqual([
      { window_start: new Date('2027-03-01T00:00:00Z'), used: '0' },
      { window_start: new Date('2027-04-01T00:00:00Z'), used: '1' },
    ]);
  });

  it('owes units beyond the limit only once it is committed, and only what was used of them', async () => {
    const owner = newOwner();
    const meters = [meter({ quantity: 14n, overage: 'allow' })];
    const id = await held(owner, { meters });
    const owed = () =>
      metering.database.query('select quantity from usage_overage where owner_id = $1', [owner]);
    expect(await owed()).toEqual([]);
    await metering.usage.commit(id, new Map([['executions', 11n]]), LATER);
    expect(await owed()).toEqual([{ quantity: '1' }]);
    expect(await metering.usage.giveBack(id, LATER)).toBe('released');
    expect(await owed()).toEqual([]);
    expect(await counts(owner)).toEqual({ counters: 0n, buckets: 0n, grants: 0n });
  });
});

describe('a committed grant with a key', () => {
  it('can be given back once, and then frees its key', async () => {
    const owner = newOwner();
    const answer = await metering.usage.consume(
      asking(owner, { key: 'k', meters: [meter({ quantity: 4n })] }),
    );
    const id = answer.granted ? answer.grantId : '';
    expect(await metering.usage.release(id, LATER)).toBe('already_committed');
    expect([await metering.usage.giveBack(id, LATER), await metering.usage.giveBack(id, LATER)]).toEqual([
      'released',
      'released',
    ]);
    expect(await counts(owner)).toEqual({ counters: 0n, buckets: 0n, grants: 0n });
    expect(await metering.usage.consume(asking(owner, { key: 'k' }))).toMatchObject({ replayed: false });
  });

  it('is unknown when nobody remembers it', async () => {
    const answer = await metering.usage.consume(asking(newOwner()));
    expect(await metering.usage.giveBack(answer.granted ? answer.grantId : '', LATER)).toBe('unknown');
    expect(await metering.usage.commit('no-uuid', null, LATER)).toBe('unknown');
  });
});

describe('two hundred reservations at once, ended in every way', () => {
  it('leave counters, buckets and grants agreed', async () => {
    const owner = newOwner();
    const meters = [meter({ quantity: 5n, limit: 700n })];
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        metering.usage.reserve({ ...asking(owner, { meters }), expiresAt: EXPIRY }),
      ),
    );
    const ids = answers.flatMap((answer) => (answer.granted ? [answer.reservationId] : []));
    expect(ids).toHaveLength(140);
    await Promise.all(
      ids.map((id, place) => {
        if (place % 4 === 0) return metering.usage.commit(id, null, LATER);
        if (place % 4 === 1) return metering.usage.commit(id, new Map([['executions', 2n]]), LATER);
        return place % 4 === 2 ? metering.usage.release(id, LATER) : metering.usage.commit(id, null, EXPIRY);
      }),
    );
    expect(await counts(owner)).toEqual({ counters: 245n, buckets: 245n, grants: 245n });
  });
});
