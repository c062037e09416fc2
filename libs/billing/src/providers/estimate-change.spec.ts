import { describe, expect, it } from '@jest/globals';
import { estimateChange, oneIntervalAfter, type ChangeToEstimate } from './estimate-change.js';

const at = new Date('2026-11-16T00:00:00Z');
const half: ChangeToEstimate = {
  currency: 'usd',
  amount: 9900n,
  newAmount: 30_000n,
  interval: 'month',
  newInterval: 'month',
  periodStart: new Date('2026-11-01T00:00:00Z'),
  periodEnd: new Date('2026-12-01T00:00:00Z'),
  isTrial: false,
  proration: 'invoice_now',
  at,
};

describe('an estimated preview', () => {
  it.each<[string, Partial<ChangeToEstimate>, [bigint, bigint, bigint]]>([
    [
      'an upgrade charged now: the rest at the new amount less the rest at the old',
      {},
      [10_050n, 4950n, 30_000n],
    ],
    ['the same with the next invoice', { proration: 'next_invoice' }, [0n, 4950n, 40_050n]],
    ['the same without proration', { proration: 'none' }, [0n, 0n, 30_000n]],
    ['a downgrade, whose credit is carried over', { newAmount: 3000n }, [0n, 4950n, 0n]],
    ['a downgrade whose credit is used up', { newAmount: 9000n }, [0n, 4950n, 8550n]],
    [
      'another interval: the year whole, less the rest',
      { newInterval: 'year', newAmount: 99_900n },
      [94_950n, 4950n, 99_900n],
    ],
    [
      'another interval, also when it was to wait',
      { newInterval: 'year', newAmount: 99_900n, proration: 'next_invoice' },
      [94_950n, 4950n, 99_900n],
    ],
    ['a change in a trial', { isTrial: true }, [0n, 0n, 30_000n]],
    ['another interval in a trial', { isTrial: true, newInterval: 'year' }, [0n, 0n, 30_000n]],
    ['the last instant', { at: new Date('2026-12-01T00:00:00Z') }, [0n, 0n, 30_000n]],
    ['after the end', { at: new Date('2026-12-09T00:00:00Z') }, [0n, 0n, 30_000n]],
    ['before the start', { at: new Date('2026-10-01T00:00:00Z') }, [20_100n, 9900n, 30_000n]],
    ['an unknown period', { periodEnd: null }, [0n, 0n, 30_000n]],
    ['amounts beyond 2^53', { amount: 2n ** 60n, newAmount: 2n ** 61n }, [2n ** 59n, 2n ** 59n, 2n ** 61n]],
  ])('is for %s', (_name, changes, [dueNow, credit, nextAmount]) => {
    const preview = estimateChange({ ...half, ...changes });
    expect([preview.dueNow.amount, preview.credit.amount, preview.nextAmount.amount]).toEqual([
      dueNow,
      credit,
      nextAmount,
    ]);
    expect(preview).toMatchObject({ estimated: true, dueNow: { currency: 'usd' } });
  });

  it('rounds each part half up to a minor unit', () => {
    const third = { ...half, at: new Date('2026-11-21T00:00:00Z'), amount: 100n, newAmount: 200n };
    expect(estimateChange(third)).toMatchObject({ credit: { amount: 33n }, dueNow: { amount: 34n } });
  });

  it('names the next invoice: the running period’s end, or one interval on', () => {
    expect(estimateChange(half).nextAt).toEqual(half.periodEnd);
    expect(estimateChange({ ...half, newInterval: 'year' }).nextAt).toEqual(new Date('2027-11-16T00:00:00Z'));
  });

  it.each([
    ['2026-01-31T10:20:30.456Z', 'month', '2026-02-28T10:20:30.456Z'],
    ['2028-02-29T00:00:00.000Z', 'year', '2029-02-28T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', 'month', '2027-01-31T23:59:59.999Z'],
  ] as const)('one interval after %s is, by the %s, %s', (from, interval, to) => {
    expect(oneIntervalAfter(new Date(from), interval).toISOString()).toBe(to);
  });
});
