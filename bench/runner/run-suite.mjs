import { performance } from 'node:perf_hooks';
import { secondsSince } from '../../apps/api/bin/progress.mjs';
import { machine } from './machine.mjs';
import { startPostgres } from './postgres.mjs';
import { saveResult } from './result.mjs';
import { printBars, printRows } from './table.mjs';
import { versionsOf } from './versions.mjs';

/** Full runs measure this often; a median of fewer says little on a machine that moves by a third. */
const ROUNDS = { full: 9, quick: 3 };

/**
 * Runs one suite (`bench/<name>/suite.mjs`), prints its tables, writes its result and gives the number of bars that
 * were missed.
 */
export async function runSuite(name, { quick }) {
  const { suite } = await import(`../${name}/suite.mjs`);
  const from = performance.now();
  console.log(
    `\n${name}${quick ? ' (quick: for development, says nothing about speed)' : ''}: ${suite.about}`,
  );
  const servers = [];
  const context = {
    quick,
    rounds: quick ? ROUNDS.quick : ROUNDS.full,
    say: (line) => console.log(`· ${line}`),
    postgres: async (settings) => {
      const server = await startPostgres(settings);
      servers.push(server);
      return server;
    },
  };
  try {
    const { rows, bars } = await suite.run(context);
    const versions = await versionsOf(suite.packages, servers[0]);
    const seconds = Math.round((performance.now() - from) / 1000);
    const result = {
      run: { suite: name, quick, rounds: context.rounds, seconds },
      machine: machine(),
      versions,
    };
    printRows(rows);
    printBars(bars);
    console.log(`${saveResult(name, { ...result, rows, bars })} (${secondsSince(from)})`);
    return bars.filter(({ ok }) => !ok).length;
  } finally {
    for (const server of servers) await server.stop();
  }
}
