import { Agent, get } from 'node:http';
import { quantile } from '../runner/statistics.mjs';

/**
 * Sends `rate` requests a second, evenly spaced, whether or not the earlier ones were answered, each caller in turn. A
 * latency (ms) counts from the instant at which its request was due, so a wait for a free connection or for this process
 * is part of it.
 *
 * @throws Error when anything but 200 is answered
 */
export async function steady(server, { url, path, callers, connections, seconds, rate }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const before = await server.ask('cpu');
  const latencies = [];
  const answers = [];
  const total = rate * seconds;
  const from = performance.now();
  const send = async (place) => {
    const headers = callers[place % callers.length];
    const status = await statusOf(`${url}${path}`, { agent, headers });
    latencies.push(performance.now() - from - (place * 1000) / rate);
    if (status !== 200) throw new Error(`${path}: ${status} after ${latencies.length} answers`);
  };
  while (answers.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - from) * rate) / 1000) + 1);
    while (answers.length < due) answers.push(send(answers.length));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
  const took = (performance.now() - from) / 1000;
  const after = await server.ask('cpu');
  agent.destroy();
  return {
    requests: total,
    perSecond: total / took,
    p50: rounded(quantile(latencies, 0.5)),
    p99: rounded(quantile(latencies, 0.99)),
    cpu: (after.user + after.system - before.user - before.system) / total,
  };
}

function statusOf(address, options) {
  return new Promise((resolve, reject) => {
    get(address, options, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    }).once('error', reject);
  });
}

const rounded = (ms) => Number(ms.toPrecision(3));
