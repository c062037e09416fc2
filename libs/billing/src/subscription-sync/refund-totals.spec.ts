import { describe, expect, it } from '@jest/globals';
import { withoutRepeatedTotals } from './refund-totals.js';

const record = (id: string, amount: bigint | null, changes: object = {}) => ({
  provider: 'any',
  kind: 'refund',
  id,
  paymentId: 'payment' as string | null,
  amount,
  status: 'succeeded' as string | null,
  ...changes,
});
const TOTAL = record('payment', 300n);

describe('withoutRepeatedTotals', () => {
  it.each<[string, ReturnType<typeof record>[], string[]]>([
    ['keeps a total of which no single refund is known', [TOTAL], ['payment']],
    [
      'leaves it out when single ones add up to it',
      [TOTAL, record('a', 100n), record('b', 200n)],
      ['a', 'b'],
    ],
    ['keeps it while one is missing', [TOTAL, record('a', 100n)], ['payment', 'a']],
    [
      'counts no refund that failed',
      [TOTAL, record('a', 100n), record('b', 200n, { status: 'failed' })],
      ['payment', 'a', 'b'],
    ],
    [
      'counts no refund that was taken back',
      [TOTAL, record('a', 100n), record('b', 200n, { status: 'canceled' })],
      ['payment', 'a', 'b'],
    ],
    [
      'looks at the same payment only',
      [TOTAL, record('a', 300n, { paymentId: 'other' }), record('b', 300n, { provider: 'another' })],
      ['payment', 'a', 'b'],
    ],
    ['takes a dispute for no refund', [TOTAL, record('a', 300n, { kind: 'dispute' })], ['payment', 'a']],
    [
      'leaves out a total without an amount beside a single one',
      [record('payment', null), record('a', 1n)],
      ['a'],
    ],
    [
      'keeps a total without an amount of which no single one is known',
      [record('payment', null)],
      ['payment'],
    ],
    ['keeps what names no payment', [record('a', 1n, { paymentId: null })], ['a']],
  ])('%s', (_what, records, ids) => {
    expect(withoutRepeatedTotals(records).map(({ id }) => id)).toEqual(ids);
  });
});
