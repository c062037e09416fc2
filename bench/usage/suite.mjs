import { atLeast, atMost, exactly } from '../runner/bars.mjs';
import { interleave } from '../runner/interleave.mjs';
import { median, ratioOf } from '../runner/statistics.mjs';
import { rateLimiter } from './contenders/rate-limiter.mjs';
import { tollgate } from './contenders/tollgate.mjs';
import { updateReturning } from './contenders/update-returning.mjs';
import { heldRow } from './held-row.mjs';
import { load } from './load.mjs';
import { memory } from './memory.mjs';
import { strictness, twoProcesses } from './two-processes.mjs';
import { ownerOf } from './world.mjs';

const NAIVE = 'UPDATE … RETURNING';
const PEER = 'rate-limiter-flexible';
/** Each row: who calls, how many at once, and for whom. */
const RUNS = [
  { run: '1 caller', callers: 1, owners: 'spread' },
  { run: '64 spread', callers: 64, owners: 'spread' },
  { run: '1,024 spread', callers: 1_024, owners: 'spread' },
  { run: '64 hot', callers: 64, owners: 'hot' },
  { run: '1,024 spread, keyed', callers: 1_024, owners: 'spread', keyed: true },
];

/** Strict usage side by side with what people use for soft limits, on one Postgres with durable commits. */
export const suite = {
  about: 'counting a unit against a limit, durable before the answer',
  packages: ['rate-limiter-flexible'],

  async run({ quick, rounds, say, postgres }) {
    const server = await postgres();
    const pool = server.pool({ max: 20 });
    const contenders = [tollgate(server.url), await updateReturning(pool), await rateLimiter(pool)];
    const ms = quick ? 500 : 1_000;
    const measured = new Map();
    for (const wanted of RUNS) {
      say(wanted.run);
      measured.set(wanted.run, await measure(wanted, contenders, { rounds, ms }));
    }
    for (const { end } of contenders) await end();
    const pair = await twoProcesses(server.url, { rounds, ms, say });
    const exact = await strictness(server.url, { rounds: quick ? 3 : 20, say });
    const held = await heldRow(server.url, { rounds: quick ? 2 : 3, ms: quick ? 1_000 : 10_000, say });
    const flat = await memory(server.url, { consumes: quick ? 200_000 : 10_000_000, say });
    const rows = [...measured].flatMap(([run, values]) => rowsOf(run, values));
    return {
      rows: [...rows, ...pair.rows, ...held.rows, ...flat.rows],
      bars: [...barsOf(measured), ...pair.bars, ...exactBars(exact), ...held.bars, ...flat.bars],
    };
  },
};

function measure({ callers, owners, keyed }, contenders, { rounds, ms }) {
  const able = contenders.filter((contender) => !keyed || contender.consumeKeyed);
  const one = ({ consume, consumeKeyed }, time) =>
    load(keyed ? consumeKeyed : consume, { callers, ms: time, ownerOf: ownerOf[owners] });
  return interleave(able, {
    rounds,
    measure: async (contender, round) => {
      // Connections, plans and pages are warm before anything is measured.
      if (round === 0) await one(contender, ms / 2);
      return one(contender, ms);
    },
  });
}

const of = (values, name, figure) => values.get(name).map((round) => round[figure]);

function rowsOf(run, values) {
  return [...values.keys()].map((name) => ({
    run,
    name,
    perSecond: Math.round(median(of(values, name, 'rate'))),
    p50Ms: Number(median(of(values, name, 'p50')).toPrecision(3)),
    p99Ms: Number(median(of(values, name, 'p99')).toPrecision(3)),
  }));
}

function barsOf(measured) {
  const times = (run, peer, peersRun = run) =>
    ratioOf(of(measured.get(run), 'tollgate', 'rate'), of(measured.get(peersRun), peer, 'rate')).ratio;
  const lone = measured.get('1 caller');
  return [
    atLeast('1,024 spread: times UPDATE … RETURNING', times('1,024 spread', NAIVE), 8),
    atLeast('1,024 spread: times rate-limiter-flexible', times('1,024 spread', PEER), 8),
    atLeast('64 spread: times UPDATE … RETURNING', times('64 spread', NAIVE), 4),
    atLeast('64 spread: times rate-limiter-flexible', times('64 spread', PEER), 4),
    atLeast('64 hot: times UPDATE … RETURNING', times('64 hot', NAIVE), 30),
    atLeast('64 hot: times rate-limiter-flexible', times('64 hot', PEER), 30),
    atLeast('1,024 keyed: times the unkeyed UPDATE', times('1,024 spread, keyed', NAIVE, '1,024 spread'), 4),
    atLeast('1,024 keyed: times the keyed transaction', times('1,024 spread, keyed', NAIVE), 8),
    atMost(
      '1 caller: p50 against UPDATE … RETURNING',
      ratioOf(of(lone, 'tollgate', 'p50'), of(lone, NAIVE, 'p50')).ratio,
      1.3,
    ),
  ];
}

const exactBars = (counts) => [
  exactly(
    '2 processes × 2,000 on limit 1,000: rounds that granted and counted exactly 1,000',
    counts.exact,
    counts.rounds,
  ),
];
