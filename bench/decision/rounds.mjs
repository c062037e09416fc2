import { inProject } from '../../apps/api/bin/project.mjs';
import { atLeast, atMost } from '../runner/bars.mjs';
import { Child } from '../runner/child.mjs';
import { interleave } from '../runner/interleave.mjs';
import { median, ratioOf, spreadPercent } from '../runner/statistics.mjs';
import { PATTERNS } from './patterns.mjs';

const CONTENDERS = ['unleash', 'growthbook', 'casl', 'map-set', 'tollgate-pinned', 'tollgate-full'];

/** Checks in one pass; long enough that a pass of the random pattern touches most owners and features. */
const LENGTH = { full: 2 ** 19, quick: 2 ** 18 };

/** Times every contender over every pattern, interleaved; gives rows and the bars on their ratios. */
export async function rounds({ rounds: count, quick, say }) {
  const length = quick ? LENGTH.quick : LENGTH.full;
  const hosts = await Promise.all(CONTENDERS.map((name) => hostOf(name, length)));
  try {
    await agree(hosts, say);
    const rows = [];
    const bars = [];
    for (const [pattern, access] of Object.entries(PATTERNS)) {
      for (const { child } of hosts) await child.ask('measure', { pattern });
      const times = await interleave(hosts, {
        rounds: count,
        measure: async ({ child }) => (await child.ask('measure', { pattern })).nanoseconds,
      });
      say(`${pattern}: ${count} rounds`);
      rows.push(...rowsOf(pattern, access, times));
      if (pattern !== 'sequence') bars.push(...barsOf(pattern, times));
    }
    return { rows, bars };
  } finally {
    for (const { child } of hosts) await child.end();
  }
}

async function hostOf(name, length) {
  const child = new Child(inProject('bench/decision/contenders/host.mjs'), { nodeFlags: ['--expose-gc'] });
  await child.ask('prepare', { contender: name, length });
  return { name, child };
}

/** Speed of a wrong answer says nothing: all must agree wherever nothing depends on a hash of their own. */
async function agree(hosts, say) {
  for (const { name, child } of hosts) {
    const { compared, differing } = await child.ask('disagreements');
    if (differing > 0) throw new Error(`${name} differs in ${differing} of ${compared} answers`);
  }
  say(`${hosts.length} contenders agree on every pair of owner and feature that is not being rolled out`);
}

function rowsOf(pattern, access, times) {
  return [...times].map(([name, values]) => ({
    name,
    pattern,
    access,
    nanosecondsPerCheck: Math.round(median(values)),
    spreadPercent: Math.round(spreadPercent(values)),
  }));
}

/** Ratios by which faster is more come from their time over ours; those that bound us from our time over theirs. */
function barsOf(pattern, times) {
  const ratio = (one, other) => ratioOf(times.get(one), times.get(other)).ratio;
  const pinned = `${pattern}, caller resolved once`;
  return [
    atLeast(`${pinned}: times as fast as Unleash`, ratio('unleash', 'tollgate-pinned'), 15),
    atLeast(`${pinned}: times as fast as GrowthBook`, ratio('growthbook', 'tollgate-pinned'), 9),
    atMost(`${pinned}: time as a multiple of CASL’s`, ratio('tollgate-pinned', 'casl'), 2.5),
    atMost(
      `${pattern}, full resolution: time as a multiple of Map+Set’s`,
      ratio('tollgate-full', 'map-set'),
      2,
    ),
  ];
}
