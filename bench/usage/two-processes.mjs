import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inProject } from '../../apps/api/bin/project.mjs';
import { atLeast } from '../runner/bars.mjs';
import { Child } from '../runner/child.mjs';
import { median, ratioOf } from '../runner/statistics.mjs';

const CALLERS = 1_024;

/** The sum of two processes on one database against one alone. */
export async function twoProcesses(url, { rounds, ms, say }) {
  return withTwo(url, async (one, other) => {
    const rate = async (child, callers = CALLERS) => (await child.ask('load', { callers, ms })).rate;
    await Promise.all([rate(one), rate(other)]);
    const alone = [];
    const together = [];
    for (let round = 0; round < rounds; round++) {
      alone.push(await rate(one));
      const both = await Promise.all([rate(one, CALLERS / 2), rate(other, CALLERS / 2)]);
      together.push(both[0] + both[1]);
    }
    say('two processes');
    const { ratio } = ratioOf(together, alone);
    return {
      rows: [
        { run: '1,024 spread, one process', name: 'tollgate', perSecond: Math.round(median(alone)) },
        { run: '1,024 spread, two processes', name: 'tollgate', perSecond: Math.round(median(together)) },
      ],
      bars: [atLeast('two processes: their sum against one', ratio, 0.9)],
    };
  });
}

/** How many of the rounds in which both want 2,000 of 1,000 units end with exactly 1,000 granted, counted and in buckets. */
export async function strictness(url, { rounds, say }) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const exact = await withTwo(url, async (...children) => {
    let hits = 0;
    for (let round = 0; round < rounds; round++) {
      const ownerId = randomUUID();
      const race = (child) => child.ask('race', { ownerId, calls: 2_000, limit: 1_000 });
      const granted = (await Promise.all(children.map(race))).reduce((sum, one) => sum + one, 0);
      const { rows } = await client.query(
        `select (select sum(used) from usage_counter where owner_id = $1) as used,
           (select sum(quantity) from usage_bucket where owner_id = $1) as buckets`,
        [ownerId],
      );
      if (granted === 1_000 && rows[0].used === '1000' && rows[0].buckets === '1000') hits += 1;
    }
    return hits;
  });
  await client.end();
  say('the last unit of two processes');
  return { exact, rounds };
}

async function withTwo(url, work) {
  const children = [1, 2].map(
    () => new Child(inProject('bench/usage/child.mjs'), { env: { BENCH_POSTGRES_URL: url } }),
  );
  try {
    return await work(...children);
  } finally {
    await Promise.all(children.map((child) => child.end()));
  }
}
