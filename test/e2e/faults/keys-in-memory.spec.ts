import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AppBehindProxy, createAppBehindProxy } from '../../support/app-behind-proxy.js';
import type { TestApp } from '../../support/app.js';
import { register } from '../../support/people.js';
import { serviceKey } from '../../support/service-keys.js';
import { startStopwatch } from '../../support/stopwatch.js';
import type { TcpProxy } from '../../support/tcp-proxy.js';
import { givePlan, keyOf } from '../../support/tenants.js';

describe('keys while the database stands still', () => {
  let test: TestApp;
  let proxy: TcpProxy;
  let close: AppBehindProxy['close'];

  beforeAll(async () => {
    ({ test, proxy, close } = await createAppBehindProxy({ provider: 'none' }));
  });
  afterAll(() => close());

  it('one that was certain a moment ago still opens flags; one that nobody knows is a 503', async () => {
    const person = await register(test);
    await givePlan(test, person, 'pro');
    const known = await keyOf(test, person);
    const unknown = await keyOf(test, person);
    const system = await serviceKey(test, 'check:any');
    const stranger = { feature: 'ai_features', user: 'nobody-asked-about-yet', trace: true };
    (await system.post('/v1/check', { ...stranger, user: person.id })).expect(200);
    const question = { feature: 'ai_features' };
    expect((await known.post('/v1/check', question)).expect(200).body).toMatchObject({ allowed: true });
    proxy.freeze();
    const asked = Date.now();
    // Polled until the heartbeat is missed: before that the answer is simply fresh.
    let answer = (await known.post('/v1/check', question)).expect(200).body;
    while (answer['stale'] !== true && Date.now() - asked < 10_000)
      answer = (await known.post('/v1/check', question)).expect(200).body;
    expect(answer).toMatchObject({ allowed: true, stale: true, asOf: expect.any(String) as unknown });
    const watch = startStopwatch();
    expect((await known.post('/v1/check', question)).expect(200).body).toMatchObject({ stale: true });
    // The bound of the fault table, not a measure of speed.
    expect(watch.stop()).toBeLessThan(3_000);
    expect((await unknown.post('/v1/check', question)).expect(503).body).toMatchObject({
      error: 'unavailable',
    });
    const traced = (await system.post('/v1/check', stranger)).expect(200).body;
    expect(traced).toMatchObject({ reason: 'unavailable', retryAfter: 5 });
    const outcomes = (traced['trace'] as { outcome: string }[]).map(({ outcome }) => outcome[0]).join('');
    expect(outcomes).toBe('prnnnnn');
    const consuming = { feature: 'executions', consume: true };
    expect((await known.post('/v1/check', consuming)).expect(200).body).toMatchObject({
      reason: 'unavailable',
    });
  });
});
