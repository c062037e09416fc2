/** The only way to say "no limit"; -1 on the wire as well. An absent limit is never unlimited. */
export const UNLIMITED = -1n;

/** The largest count or limit that a row holds. */
export const LARGEST_COUNT = 9_223_372_036_854_775_807n;

/** How high a count may go under this limit. */
export const roomOf = (limit: bigint): bigint => (limit === UNLIMITED ? LARGEST_COUNT : limit);

/** A count or limit as it travels: a number while it is exact, a decimal string beyond 2^53. */
export function toWire(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
