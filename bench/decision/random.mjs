/** A seeded source of numbers in [0, 1) (mulberry32): every contender and every run sees the same world. */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The whole numbers below `count`, shuffled. */
export function permutation(count, random) {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

/** A string in the form of a UUID, flat in memory as one that came from a socket. */
export function randomId(random) {
  const hex = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256))).toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `7${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return Buffer.from([...parts, hex.slice(20)].join('-')).toString('latin1');
}

/** Another string of the same characters: what is asked for is never the very string that is remembered. */
export const copyOf = (text) => Buffer.from(text, 'latin1').toString('latin1');
