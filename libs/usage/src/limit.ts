/** The only way to say "no limit"; -1 on the wire as well. An absent limit is never unlimited. */
export const UNLIMITED = -1n;

/** A count or limit as it travels: a number while it is exact, a decimal string beyond 2^53. */
export function toWire(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
