import { describe, expect, it } from '@jest/globals';
import { windowAt, type BillingAnchor } from './window-at.js';

const date = (text: string): Date => new Date(text);
const anchorAt = (text: string): BillingAnchor => ({ at: date(text), moved: null });
const START_OF_31_JANUARY = [
  '2027-01-31',
  '2027-02-28',
  '2027-03-31',
  '2027-04-30',
  '2027-05-31',
  '2027-06-30',
  '2027-07-31',
  '2027-08-31',
  '2027-09-30',
  '2027-10-31',
  '2027-11-30',
  '2027-12-31',
  '2028-01-31',
  '2028-02-29',
  '2028-03-31',
  '2028-04-30',
  '2028-05-31',
  '2028-06-30',
  '2028-07-31',
  '2028-08-31',
  '2028-09-30',
  '2028-10-31',
  '2028-11-30',
  '2028-12-31',
  '2029-01-31',
];

describe('a billing period', () => {
  const anchor = anchorAt('2027-01-31T02:30:00Z');
  const periods = START_OF_31_JANUARY.slice(0, 24).map((day, k) => [
    k,
    `${day}T02:30:00.000Z`,
    `${START_OF_31_JANUARY[k + 1]}T02:30:00.000Z`,
  ]);

  it.each(periods)('%i months after 31 January lasts from %s to %s', (_, start, end) => {
    const [from, to] = [date(String(start)), date(String(end))];
    const window = { start: from, end: to, opensWith: null };
    expect(windowAt('billing_period', anchor, from)).toEqual(window);
    expect(windowAt('billing_period', anchor, new Date(to.getTime() - 1))).toEqual(window);
    expect(windowAt('billing_period', anchor, to).start).toEqual(to);
  });

  it.each([
    ['2026-12-31T02:30:00Z', '2026-12-31T02:30:00.000Z'],
    ['2027-01-31T02:29:59.999Z', '2026-12-31T02:30:00.000Z'],
    ['2026-03-01T00:00:00Z', '2026-02-28T02:30:00.000Z'],
    ['2024-02-29T02:30:00Z', '2024-02-29T02:30:00.000Z'],
  ])('works before its anchor too: %s lies in that of %s', (at, start) => {
    expect(windowAt('billing_period', anchor, date(at)).start).toEqual(date(start));
  });
});

describe('a moved anchor', () => {
  const moved: BillingAnchor = {
    at: date('2027-03-24T10:00:00Z'),
    moved: { since: date('2027-03-24T10:00:03Z'), before: date('2027-01-10T10:00:00Z') },
  };

  it('leaves instants before the move in the old windows', () => {
    expect(windowAt('billing_period', moved, date('2027-03-24T10:00:02.999Z'))).toEqual({
      start: date('2027-03-10T10:00:00Z'),
      end: date('2027-04-10T10:00:00Z'),
      opensWith: null,
    });
  });

  it('opens its first window with the window it cuts short, and no later one', () => {
    const first = {
      start: date('2027-03-24T10:00:00Z'),
      end: date('2027-04-24T10:00:00Z'),
      opensWith: date('2027-03-10T10:00:00Z'),
    };
    expect(windowAt('billing_period', moved, date('2027-03-24T10:00:03Z'))).toEqual(first);
    expect(windowAt('billing_period', moved, date('2027-04-24T09:59:59.999Z'))).toEqual(first);
    expect(windowAt('billing_period', moved, date('2027-04-24T10:00:00Z')).opensWith).toBeNull();
  });

  it('may lie ahead: the slice before it opens with what it cuts short', () => {
    const ahead = { at: date('2027-04-05T00:00:00Z'), moved: moved.moved };
    expect(windowAt('billing_period', ahead, date('2027-03-25T00:00:00Z'))).toEqual({
      start: date('2027-03-05T00:00:00Z'),
      end: date('2027-04-05T00:00:00Z'),
      opensWith: date('2027-03-10T10:00:00Z'),
    });
  });

  it('opens with nothing where old and new window begin at once: they are one', () => {
    const same = {
      at: date('2027-02-28T00:00:00Z'),
      moved: { since: date('2027-03-01T00:00:00Z'), before: date('2027-01-31T00:00:00Z') },
    };
    expect(windowAt('billing_period', same, date('2027-03-02T00:00:00Z'))).toEqual({
      start: date('2027-02-28T00:00:00Z'),
      end: date('2027-03-28T00:00:00Z'),
      opensWith: null,
    });
  });
});

describe('a calendar window', () => {
  const anyAnchor = anchorAt('2027-01-31T02:30:00Z');

  it.each([
    ['hour', '2027-03-14T09:59:59.999Z', '2027-03-14T09:00:00Z', '2027-03-14T10:00:00Z'],
    ['hour', '2027-03-14T10:00:00Z', '2027-03-14T10:00:00Z', '2027-03-14T11:00:00Z'],
    ['day', '2028-02-29T23:59:59.999Z', '2028-02-29T00:00:00Z', '2028-03-01T00:00:00Z'],
    // The nights in which New York and Auckland change their clocks are as long as any other in UTC.
    ['day', '2027-03-14T12:00:00Z', '2027-03-14T00:00:00Z', '2027-03-15T00:00:00Z'],
    ['day', '2027-04-03T13:30:00Z', '2027-04-03T00:00:00Z', '2027-04-04T00:00:00Z'],
    ['month', '2027-12-31T23:59:59.999Z', '2027-12-01T00:00:00Z', '2028-01-01T00:00:00Z'],
    ['month', '2028-02-01T00:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
  ] as const)('of one %s around %s lasts from %s to %s', (kind, at, start, end) => {
    expect(windowAt(kind, anyAnchor, date(at))).toEqual({
      start: date(start),
      end: date(end),
      opensWith: null,
    });
  });
});
