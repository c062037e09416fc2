import { answerParent } from '../runner/child.mjs';
import { tollgate } from './contenders/tollgate.mjs';
import { load } from './load.mjs';
import { AT, FEATURE, ownerOf, WINDOW } from './world.mjs';

const own = tollgate(process.env.BENCH_POSTGRES_URL);

const ignoreUnavailable = (error) => {
  if (error.code !== 'usage_unavailable') throw error;
};

/** One process of an installation. */
answerParent({
  load: ({ callers, ms }) => load(own.consume, { callers, ms, ownerOf: ownerOf.spread }),
  beside: async ({ callers, callersOfTheOne, ms }) => {
    const until = performance.now() + ms;
    let served = 0;
    const callerOfTheOne = async () => {
      while (performance.now() < until)
        await own.consume(ownerOf.hot()).then(() => (served += 1), ignoreUnavailable);
    };
    const [others] = await Promise.all([
      load(own.consume, { callers, ms, ownerOf: ownerOf.others }),
      ...Array.from({ length: callersOfTheOne }, callerOfTheOne),
    ]);
    return { ...others, served };
  },
  race: async ({ ownerId, calls, limit }) => {
    const meters = [
      { feature: FEATURE, quantity: 1n, limit: BigInt(limit), overage: 'deny', window: WINDOW },
    ];
    const request = { ownerId, organizationId: null, principal: 'user:1', at: AT, key: null, meters };
    const answers = await Promise.all(Array.from({ length: calls }, () => own.meter.consume(request)));
    return answers.filter(({ granted }) => granted).length;
  },
  memory: async ({ consumes, callers }) => {
    let left = consumes;
    let calls = 0;
    const caller = async () => {
      while (left-- > 0) await own.consume(ownerOf.spread(calls++));
    };
    await Promise.all(Array.from({ length: callers }, caller));
    globalThis.gc?.();
    return process.memoryUsage().rss / 2 ** 20;
  },
});
