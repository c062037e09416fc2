import { describe, expect, it } from '@jest/globals';
import { meteringApp } from './metering-app.js';
import { asking, countsOf, meter, newOwner } from './usage-calls.js';

const CALLS = 20;
const metering = meteringApp();

/** Lets everybody pass once all have come. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count;
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing === 0) open();
    return all;
  };
}

describe('the tests of strictness would fail on', () => {
  it('a meter that looks first and counts afterwards: it grants beyond the limit', async () => {
    const owner = newOwner();
    const wish = meter({ limit: 1n });
    const allHaveLooked = meetingOf(CALLS);
    const calls = Array.from({ length: CALLS }, async () => {
      const [used = 0n] = await metering.usage.used(metering.database.manager, owner, [wish]);
      await allHaveLooked();
      return used < 1n && metering.usage.consume(asking(owner, { meters: [meter({ limit: 1_000n })] }));
    });
    expect((await Promise.all(calls)).filter(Boolean)).toHaveLength(CALLS);
    expect((await countsOf(metering.database, owner)).counters).toBe(BigInt(CALLS));
  });

  it('a meter that takes sums over a batch: one refused large wish refuses the small one behind it', () => {
    const [sizes, limit] = [[4, 20, 5], 10];
    let sum = 0;
    const byPrefix = sizes.map((size) => (sum += size) <= limit);
    expect(byPrefix).not.toEqual([true, false, true]);
  });

  it('a meter that looks a key up and counts before it writes the key: a retry counts twice', async () => {
    const owner = newOwner();
    const keys = new Set<string>();
    const bothHaveLooked = meetingOf(2);
    const once = async (): Promise<void> => {
      const isKnown = keys.has('k');
      await bothHaveLooked();
      if (!isKnown) await metering.usage.consume(asking(owner));
      keys.add('k');
    };
    await Promise.all([once(), once()]);
    expect((await countsOf(metering.database, owner)).counters).toBe(2n);
  });
});
