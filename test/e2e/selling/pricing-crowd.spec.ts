import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/caller.js';
import { eventually } from '../../support/poll.js';
import { requestsTo } from '../../support/sandbox-sales.js';

const VISITORS = 50;
const MINUTE_MS = 60_000;

describe.each(['polar', 'stripe'] as const)('a crowd at the pricing page with prices of %s', (provider) => {
  let test: TestApp;
  let now = Date.now();

  beforeAll(async () => {
    // Without the job that fetches prices before anybody needs them.
    test = await createTestApp({ provider, runsWork: false });
  });
  afterAll(() => test.close());

  const crowd = async (): Promise<Answer[]> =>
    Promise.all(Array.from({ length: VISITORS }, () => test.anonymous.get('/v1/pricing')));
  const isLive = async (): Promise<boolean> =>
    (await test.anonymous.get('/v1/pricing')).body['source'] === 'live';
  const lists = async (): Promise<string[]> =>
    (await requestsTo(test))
      .filter(({ method, path }) => method === 'GET' && /^\/v1\/(products|prices)\/?(\?|$)/.test(path))
      .map(({ path }) => path);

  it('SB-36 has the provider asked once: at first, and whenever the list is too old', async () => {
    for (let crowds = 0; crowds < 3; crowds += 1) {
      now += 11 * MINUTE_MS;
      await test.moveClock(new Date(now));
      await test.sandbox.control.delete('/_control/requests');
      for (const answer of await crowd()) answer.expect(200);
      // Nobody waits long for the provider: on a slow machine its answer is for the next visitor.
      await eventually(isLive);
      expect(await lists()).toHaveLength(1);
    }
  });

  it('SB-36 does not have it asked while the list is fresh', async () => {
    await eventually(isLive);
    await test.sandbox.control.delete('/_control/requests');
    for (const answer of await crowd()) expect(answer.expect(200).body['source']).toBe('live');
    expect(await lists()).toEqual([]);
  });
});
