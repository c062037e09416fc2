import { median, medianInterval, ratios } from '../runner/statistics.mjs';
import { load } from './load.mjs';

/**
 * Measures two routes in pairs, one directly after the other, the first one taking turns. Gives the rounds of each,
 * and the median of the paired ratios (second to first) of throughput and of processor time, with their intervals.
 */
export async function pairs(server, [first, second], { rounds, say, ...how }) {
  const measured = { [first]: [], [second]: [] };
  for (let round = 0; round < rounds; round++) {
    for (const path of round % 2 === 0 ? [first, second] : [second, first]) {
      measured[path].push(await load(server, { ...how, path }));
    }
    say(`pair ${round + 1} of ${rounds}`);
  }
  const compare = (figure) => {
    const [ones, others] = [first, second].map((path) => measured[path].map((round) => round[figure]));
    const paired = ratios(others, ones);
    return { ratio: median(paired), ...medianInterval(paired) };
  };
  return { measured, throughput: compare('perSecond'), cpu: compare('cpu') };
}
