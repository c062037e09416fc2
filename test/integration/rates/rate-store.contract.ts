import { expect, it } from '@jest/globals';
import { RateStore, type CountedRate } from '../../../libs/entitlements/src/rates/rate-store.js';
import { assertLikeNaive, mostInAnySpan } from './naive-rates.js';
import { granted, moment, rateOf } from './rate-calls.js';

/** What every store promises; `stores` are two processes on the same counts. */
export function keepsThePromisesOfRates(stores: () => readonly [RateStore, RateStore]): void {
  const store = (): RateStore => stores()[0];

  it('grants a whole burst at once, then refuses until the window has passed, to the millisecond', async () => {
    const rates = [rateOf(100, 3600)];
    for (let call = 0; call < 100; call++) await granted(store(), rates, moment(call));
    expect(await store().spend(rates, moment(250))).toMatchObject({
      allowed: false,
      retryAfterSeconds: 3600,
      refusedKey: rates[0]?.key,
      rates: [{ remaining: 0, resetInSeconds: 3600 }],
    });
    expect((await store().spend(rates, moment(3_599_999))).allowed).toBe(false);
    expect((await store().spend(rates, moment(3_600_000))).allowed).toBe(true);
    expect((await store().spend(rates, moment(3_600_000))).allowed).toBe(false);
  });

  it('takes of all rates or of none', async () => {
    const [ofKey, ofOtherKey, ofOrganization] = [rateOf(2, 60), rateOf(2, 60), rateOf(3, 60)];
    await granted(store(), [ofKey, ofOrganization], moment(0));
    await granted(store(), [ofKey, ofOrganization], moment(0));
    expect(await store().spend([ofKey, ofOrganization], moment(0))).toMatchObject({
      allowed: false,
      refusedKey: ofKey.key,
      rates: [{ remaining: 0 }, { remaining: 1 }],
    });
    await granted(store(), [ofOtherKey, ofOrganization], moment(0));
    expect(await store().spend([ofOtherKey, ofOrganization], moment(0))).toMatchObject({
      allowed: false,
      refusedKey: ofOrganization.key,
      rates: [{ remaining: 1 }, { remaining: 0 }],
    });
  });

  it('looks without spending', async () => {
    const rates = [rateOf(1, 60)];
    expect(await store().peek(rates, moment(0))).toMatchObject({ allowed: true, rates: [{ remaining: 1 }] });
    expect(await store().peek(rates, moment(0))).toMatchObject({ allowed: true, rates: [{ remaining: 1 }] });
    await granted(store(), rates, moment(0));
    expect(await store().peek(rates, moment(1))).toMatchObject({ allowed: false, retryAfterSeconds: 60 });
  });

  it('counts one key in two spans apart, and one that is named twice once', async () => {
    const slow = rateOf(5, 60);
    const fast = { ...slow, limit: 2, perSeconds: 1 };
    expect(await store().spend([slow, fast, slow], moment(0))).toMatchObject({
      rates: [{ remaining: 4 }, { remaining: 1 }, { remaining: 4 }],
    });
  });

  it('holds a limit that was lowered or raised at once', async () => {
    const rate = rateOf(4, 60);
    const withLimit = (limit: number): CountedRate[] => [{ ...rate, limit }];
    for (const call of [0, 10_000, 20_000, 30_000]) await granted(store(), [rate], moment(call));
    expect(await store().spend(withLimit(2), moment(40_000))).toMatchObject({ retryAfterSeconds: 40 });
    expect(await store().spend(withLimit(2), moment(80_000))).toMatchObject({
      allowed: true,
      rates: [{ remaining: 0, resetInSeconds: 10 }],
    });
    expect(await store().spend(withLimit(3), moment(80_000))).toMatchObject({ rates: [{ remaining: 0 }] });
    expect(await store().spend(withLimit(0), moment(900_000))).toMatchObject({ retryAfterSeconds: 60 });
  });

  it('grants exactly the limit to 1,000 calls at once from two processes', async () => {
    const rates = [rateOf(100, 60), rateOf(1_000, 3600)];
    const calls = Array.from({ length: 1_000 }, (_, call) =>
      stores()[call % 2]?.spend(rates, moment(call % 50)),
    );
    const verdicts = await Promise.all(calls);
    expect(verdicts.filter((verdict) => verdict?.allowed)).toHaveLength(100);
  });

  it('stays strict while clocks differ and move, over keys named in any order', async () => {
    const [a, b, c] = [rateOf(5, 1), rateOf(9, 3), rateOf(12, 10)];
    const sets = [
      [a, b, c],
      [c, a],
      [b, c, a],
      [b, a],
    ];
    const grants = new Map<string, number[]>();
    for (let round = 0; round < 40; round++) {
      const calls = Array.from({ length: 24 }, async (_, call) => {
        const rates = sets[(round + call) % sets.length] ?? [];
        // Steps of 350 ms; one process is up to 90 ms behind the other.
        const at = moment(round * 350 + ((call * 37) % 90) * (call % 2));
        const verdict = await stores()[call % 2]?.spend(rates, at);
        if (!verdict?.allowed) return;
        for (const { key } of rates) grants.set(key, [...(grants.get(key) ?? []), at.getTime()]);
      });
      await Promise.all(calls);
    }
    const mostOf = (rate: CountedRate): number => mostInAnySpan(grants.get(rate.key) ?? [], rate.perSeconds);
    expect(mostOf(a)).toBe(a.limit);
    expect(mostOf(b)).toBeLessThanOrEqual(b.limit);
    expect(mostOf(c)).toBeLessThanOrEqual(c.limit);
  });

  it('answers like one that counts all grants anew for every call', async () => {
    await expect(assertLikeNaive(store(), 8, 250)).resolves.toBeUndefined();
  });
}
