import { inProject } from '../../apps/api/bin/project.mjs';
import { atMost } from '../runner/bars.mjs';
import { Child } from '../runner/child.mjs';

const PARTS = 10;

/** How much more memory a process of its own holds after many consumes than after the first tenth of them. */
export async function memory(url, { consumes, say }) {
  const child = new Child(inProject('bench/usage/child.mjs'), {
    nodeFlags: ['--expose-gc'],
    env: { BENCH_POSTGRES_URL: url },
  });
  try {
    const megabytes = [];
    for (let part = 0; part < PARTS; part++)
      megabytes.push(await child.ask('memory', { consumes: consumes / PARTS, callers: 1_024 }));
    say(`memory over ${consumes.toLocaleString('en')} consumes`);
    const grown = Math.max(0, megabytes.at(-1) - megabytes[0]);
    return {
      rows: megabytes.map((rss, part) => ({
        run: `memory after ${((consumes / PARTS) * (part + 1)).toLocaleString('en')}`,
        name: 'tollgate',
        rssMb: Math.round(rss),
      })),
      bars: [
        atMost(
          `memory: MB more at the end than after a tenth of ${consumes.toLocaleString('en')} consumes`,
          grown,
          20,
        ),
      ],
    };
  } finally {
    await child.end();
  }
}
