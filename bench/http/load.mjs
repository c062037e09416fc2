import autocannon from 'autocannon';

/**
 * Sends requests as fast as they are answered over so many connections, each caller in turn.
 * Gives requests, requests a second, latencies in ms and the server's processor time for each request in µs.
 *
 * @throws Error when anything but 200 is answered: the speed of a refusal says nothing
 */
export async function load(server, { url, path, callers, connections, seconds }) {
  const before = await server.ask('cpu');
  const result = await autocannon({
    url: `${url}${path}`,
    connections,
    duration: seconds,
    requests: callers.map((headers) => ({ method: 'GET', headers })),
  });
  const after = await server.ask('cpu');
  const requests = result['2xx'];
  if (result.non2xx > 0 || result.errors > 0 || requests === 0)
    throw new Error(
      `${path}: ${result.non2xx} refusals and ${result.errors} errors beside ${requests} answers`,
    );
  return {
    requests,
    perSecond: requests / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (after.user + after.system - before.user - before.system) / requests,
  };
}
