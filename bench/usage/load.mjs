import { quantile } from '../runner/statistics.mjs';

/** Lets `callers` call one after the other, each again as soon as it was answered, for `ms`: rate and latencies in ms. */
export async function load(consume, { callers, ms, ownerOf }) {
  const latencies = [];
  let calls = 0;
  const from = performance.now();
  const until = from + ms;
  const caller = async () => {
    while (performance.now() < until) {
      const at = performance.now();
      await consume(ownerOf(calls++));
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const seconds = (performance.now() - from) / 1000;
  return {
    rate: latencies.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}
