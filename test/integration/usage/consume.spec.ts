import { describe, expect, it } from '@jest/globals';
import { TransactionRunner } from '../../../libs/kernel/src/index.js';
import { UNLIMITED, windowAt } from '../../../libs/usage/src/index.js';
import { meteringApp } from './metering-app.js';
import { asking, callsAtOnce, countsOf, granted, meter, newOwner, NOON } from './usage-calls.js';

const metering = meteringApp();

describe('consume', () => {
  it('SB-35 grants within the limit: with 50 left, 3 leave 47', async () => {
    const owner = newOwner();
    await metering.usage.consume(asking(owner, { meters: [meter({ quantity: 50n, limit: 100n })] }));
    const answer = await metering.usage.consume(
      asking(owner, { meters: [meter({ quantity: 3n, limit: 100n })] }),
    );
    expect(answer).toMatchObject({
      granted: true,
      replayed: false,
      meters: [{ used: 53n, overage: 0n, fits: true }],
    });
  });

  it('SB-31 writes owner, feature, quantity, principal and hour of what it grants', async () => {
    const owner = newOwner();
    await metering.usage.consume(
      asking(owner, { at: new Date('2027-03-10T12:34:56Z'), meters: [meter({ quantity: 3n })] }),
    );
    const rows = await metering.database.query(
      'select hour, feature, principal, quantity from usage_bucket where owner_id = $1',
      [owner],
    );
    expect(rows).toEqual([{ hour: NOON, feature: 'executions', principal: 'user:1', quantity: '3' }]);
  });

  it('SB-34 refuses beyond the limit, says where it stands, and leaves no row', async () => {
    const owner = newOwner();
    const answer = await metering.usage.consume(
      asking(owner, { meters: [meter({ quantity: 3n, limit: 2n })], key: 'k' }),
    );
    expect(answer).toEqual({
      granted: false,
      meters: [{ feature: 'executions', used: 0n, overage: 0n, fits: false }],
    });
    for (const table of ['usage_counter', 'usage_bucket', 'usage_grant', 'usage_overage'])
      expect(await metering.database.query(`select 1 from ${table} where owner_id = $1`, [owner])).toEqual(
        [],
      );
  });

  it('lets a small wish through that comes after a refused large one', async () => {
    const owner = newOwner();
    const sizes = [4n, 20n, 5n, 3n, 1n];
    const answers = await callsAtOnce([metering.usage], sizes.length, (call) =>
      asking(owner, { meters: [meter({ quantity: sizes[call] ?? 0n })] }),
    );
    expect(answers.map((answer) => answer.granted)).toEqual([true, false, true, false, true]);
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 10n, buckets: 10n });
  });

  it('FX-08 lets exactly N of 2N calls at once through', async () => {
    const owner = newOwner();
    const limit = 100n;
    const answers = await callsAtOnce([metering.usage], 200, () =>
      asking(owner, { meters: [meter({ limit })] }),
    );
    expect(granted(answers)).toBe(100);
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 100n, buckets: 100n });
  });

  it('counts several meters or none', async () => {
    const owner = newOwner();
    const meters = [meter({ limit: 5n }), meter({ feature: 'ai_review', limit: 1n })];
    const [first, second] = [
      await metering.usage.consume(asking(owner, { meters })),
      await metering.usage.consume(asking(owner, { meters })),
    ];
    expect(first).toMatchObject({ granted: true, meters: [{ used: 1n }, { used: 1n }] });
    expect(second).toMatchObject({
      granted: false,
      meters: [
        { feature: 'executions', used: 1n, fits: true },
        { feature: 'ai_review', used: 1n, fits: false },
      ],
    });
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 2n, buckets: 2n });
  });

  it('counts without a limit up to what a row holds, and refuses the one that would pass it', async () => {
    const owner = newOwner();
    const unlimited = (quantity: bigint) =>
      asking(owner, { meters: [meter({ quantity, limit: UNLIMITED })] });
    const largest = 9_223_372_036_854_775_807n;
    expect(await metering.usage.consume(unlimited(largest - 1n))).toMatchObject({ granted: true });
    await expect(metering.usage.consume(unlimited(2n))).rejects.toMatchObject({ code: 'quantity_overflow' });
    expect(await metering.usage.consume(unlimited(1n))).toMatchObject({
      granted: true,
      meters: [{ used: largest }],
    });
    await expect(metering.usage.consume(unlimited(largest + 1n))).rejects.toMatchObject({
      code: 'quantity_overflow',
    });
  });

  it.each([0n, -1n, -(2n ** 63n)])('refuses a quantity of %s', async (quantity) => {
    const request = asking(newOwner(), { meters: [meter({ quantity })] });
    await expect(metering.usage.consume(request)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'quantity_invalid',
    });
  });

  it.each(['', 'a b', 'naïve', 'nul\u0000', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const refused = metering.usage.consume(asking(newOwner(), { key }));
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', code: 'idempotency_key_invalid' });
  });
});

describe('a key', () => {
  it('counts once, and answers again with the first grant', async () => {
    const owner = newOwner();
    const first = await metering.usage.consume(asking(owner, { key: 'job-1' }));
    const again = await metering.usage.consume(asking(owner, { key: 'job-1' }));
    expect(again).toEqual({ ...first, replayed: true });
    expect(await countsOf(metering.database, owner)).toEqual({ counters: 1n, buckets: 1n, grants: 1n });
  });

  it('counts once among 60 calls at once', async () => {
    const owner = newOwner();
    const answers = await callsAtOnce([metering.usage], 60, () => asking(owner, { key: 'job-1' }));
    const grants = new Set(answers.map((answer) => (answer.granted ? answer.grantId : 'refused')));
    expect(grants.size).toBe(1);
    expect(answers.filter((answer) => answer.granted && !answer.replayed)).toHaveLength(1);
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 1n, grants: 1n });
  });

  it.each([
    ['another quantity', [meter({ quantity: 2n })]],
    ['another feature', [meter({ feature: 'ai_review' })]],
    ['one more meter', [meter(), meter({ feature: 'ai_review' })]],
  ])('refuses %s', async (_, meters) => {
    const owner = newOwner();
    await metering.usage.consume(asking(owner, { key: 'job-1' }));
    const refused = metering.usage.consume(asking(owner, { key: 'job-1', meters }));
    await expect(refused).rejects.toMatchObject({ kind: 'conflict', code: 'idempotency_mismatch' });
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 1n });
  });

  it('belongs to its owner, however the UUID is spelled', async () => {
    const owner = newOwner();
    const spelled = [owner, owner.toUpperCase()];
    const answers = await callsAtOnce([metering.usage], 30, (call) => asking(spelled[call % 2] ?? ''));
    expect(granted(answers)).toBe(10);
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 10n, buckets: 10n });
  });

  it('belongs to its owner', async () => {
    const [one, other] = [newOwner(), newOwner()];
    await metering.usage.consume(asking(one, { key: 'job-1' }));
    expect(await metering.usage.consume(asking(other, { key: 'job-1' }))).toMatchObject({ replayed: false });
  });

  it('of a refused call is forgotten', async () => {
    const owner = newOwner();
    expect(
      await metering.usage.consume(asking(owner, { key: 'job-1', meters: [meter({ limit: 0n })] })),
    ).toMatchObject({ granted: false });
    expect(await metering.usage.consume(asking(owner, { key: 'job-1' }))).toMatchObject({
      granted: true,
      replayed: false,
    });
  });
});

describe('overage', () => {
  it('SB-33 counts beyond the limit, says so, and keeps those units apart', async () => {
    const owner = newOwner();
    const wish = (quantity: bigint) =>
      asking(owner, { meters: [meter({ quantity, limit: 10n, overage: 'allow' })] });
    expect(await metering.usage.consume(wish(8n))).toMatchObject({
      granted: true,
      meters: [{ used: 8n, overage: 0n }],
    });
    expect(await metering.usage.consume(wish(5n))).toMatchObject({
      granted: true,
      meters: [{ used: 13n, overage: 3n }],
    });
    expect(await metering.usage.consume(wish(2n))).toMatchObject({
      granted: true,
      meters: [{ used: 15n, overage: 2n }],
    });
    const rows = await metering.database.query(
      'select quantity, state from usage_overage where owner_id = $1 order by id',
      [owner],
    );
    expect(rows).toEqual([
      { quantity: '3', state: 'pending' },
      { quantity: '2', state: 'pending' },
    ]);
    expect(
      await metering.database.query('select used, overage from usage_counter where owner_id = $1', [owner]),
    ).toEqual([{ used: '15', overage: '5' }]);
  });
});

describe('consumeIn', () => {
  it('lives or dies with the caller’s transaction', async () => {
    const owner = newOwner();
    const transactions = metering.app.get(TransactionRunner);
    const failing = transactions.run(async (tx) => {
      expect(await metering.usage.consumeIn(tx, asking(owner))).toMatchObject({ granted: true });
      throw new Error('the insert failed');
    });
    await expect(failing).rejects.toThrow('the insert failed');
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 0n, buckets: 0n });
    await transactions.run((tx) => metering.usage.consumeIn(tx, asking(owner)));
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 1n, buckets: 1n });
  });
});

describe('the first window under a moved anchor', () => {
  const since = new Date('2027-03-20T00:00:00Z');
  const before = { at: new Date('2027-01-10T00:00:00Z'), moved: null };
  const moved = { at: since, moved: { since, before: before.at } };
  const at = new Date('2027-03-21T00:00:00Z');

  it('opens with the units of the window it cuts short', async () => {
    const owner = newOwner();
    const cut = windowAt('billing_period', before, NOON);
    const first = windowAt('billing_period', moved, at);
    await metering.usage.consume(asking(owner, { meters: [{ ...meter({ quantity: 7n }), window: cut }] }));
    expect(
      await metering.usage.used(metering.database.manager, owner, [{ feature: 'executions', window: first }]),
    ).toEqual([7n]);
    const wish = (quantity: bigint) =>
      asking(owner, { at, meters: [{ ...meter({ quantity }), window: first }] });
    expect(await metering.usage.consume(wish(4n))).toMatchObject({ granted: false, meters: [{ used: 7n }] });
    expect(await metering.usage.consume(wish(2n))).toMatchObject({ granted: true, meters: [{ used: 9n }] });
    expect(await metering.usage.consume(wish(1n))).toMatchObject({ granted: true, meters: [{ used: 10n }] });
    expect(
      await metering.usage.used(metering.database.manager, owner, [{ feature: 'executions', window: first }]),
    ).toEqual([10n]);
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 17n, buckets: 17n });
  });
});
