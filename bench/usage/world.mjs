import { randomUUID } from 'node:crypto';

/** Owners that load is spread over; the first of them is the hot one. */
export const OWNERS = Array.from({ length: 1_000 }, (_, place) => {
  const digits = String(place).padStart(12, '0');
  return `0198c0de-0000-7000-8000-${digits}`;
});

export const FEATURE = 'executions';
export const AT = new Date('2027-03-10T12:00:00Z');
export const WINDOW = {
  start: new Date('2027-03-01T00:00:00Z'),
  end: new Date('2027-04-01T00:00:00Z'),
  opensWith: null,
};
/** High enough that nobody is refused, low enough that it is a limit. */
export const LIMIT = 1_000_000_000n;

/** Which owner a call is for: `spread` walks over all of them in an order that no contender can use, `others` over all but the hot one. */
export const ownerOf = {
  spread: (call) => OWNERS[(call * 7919) % OWNERS.length],
  others: (call) => OWNERS[1 + ((call * 7919) % (OWNERS.length - 1))],
  hot: () => OWNERS[0],
};

/** A key nobody used before. */
export const newKey = () => randomUUID();
