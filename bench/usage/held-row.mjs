import pg from 'pg';
import { inProject } from '../../apps/api/bin/project.mjs';
import { atMost } from '../runner/bars.mjs';
import { Child } from '../runner/child.mjs';
import { interleave } from '../runner/interleave.mjs';
import { median, ratioOf } from '../runner/statistics.mjs';
import { FEATURE, ownerOf } from './world.mjs';

const CALLERS = 64;
const CALLERS_OF_THE_ONE = 16;
const [FREE, HELD] = ['row free', 'row held'];

/**
 * What all other owners feel while somebody's transaction holds the counter of one whose callers go on calling: their
 * p99 in rounds of `ms` with the row held throughout, against rounds without. Few long rounds: each is thousands of
 * batches.
 */
export async function heldRow(url, { rounds, ms, say }) {
  const child = new Child(inProject('bench/usage/child.mjs'), { env: { BENCH_POSTGRES_URL: url } });
  const holder = new pg.Client({ connectionString: url });
  await holder.connect();
  const load = (time) =>
    child.ask('beside', { callers: CALLERS, callersOfTheOne: CALLERS_OF_THE_ONE, ms: time });
  try {
    await load(500);
    const values = await interleave([{ name: FREE }, { name: HELD }], {
      rounds,
      measure: ({ name }) => (name === HELD ? whileHeld(holder, () => load(ms)) : load(ms)),
      say: (round) => say(`one owner's row held for ${ms / 1_000} s, ${round}`),
    });
    const of = (name, figure) => values.get(name).map((round) => round[figure]);
    if (of(HELD, 'served').some((served) => served > 0)) throw new Error('the row was not held');
    return {
      rows: [FREE, HELD].map((name) => ({
        run: `64 spread, one owner's ${name}`,
        name: 'tollgate',
        perSecond: Math.round(median(of(name, 'rate'))),
        p50Ms: Number(median(of(name, 'p50')).toPrecision(3)),
        p99Ms: Number(median(of(name, 'p99')).toPrecision(3)),
      })),
      bars: [
        atMost(
          "one owner's row held: p99 of all others against that with the row free",
          ratioOf(of(HELD, 'p99'), of(FREE, 'p99')).ratio,
          2,
        ),
      ],
    };
  } finally {
    await holder.end();
    await child.end();
  }
}

async function whileHeld(holder, measure) {
  await holder.query('begin');
  const { rowCount } = await holder.query(
    'select 1 from usage_counter where owner_id = $1 and feature = $2 for update',
    [ownerOf.hot(), FEATURE],
  );
  if (rowCount === 0) throw new Error('there is no row to hold');
  try {
    return await measure();
  } finally {
    await holder.query('rollback');
  }
}
