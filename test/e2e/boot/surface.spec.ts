import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';

describe('the surface of an application that sells nothing', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ provider: 'none', environment: { TOLLGATE_TEST_CLOCK: '0' } });
  });
  afterAll(() => test.close());

  it('describes itself in OpenAPI', async () => {
    const { body } = (await test.anonymous.get('/docs-json')).expect(200);
    const paths = Object.keys(body['paths'] as object);
    expect(paths).toEqual(
      expect.arrayContaining(['/v1/export', '/v1/checkout', '/webhooks/payment', '/staff/tenants']),
    );
    expect(paths.filter((path) => path.startsWith('/test') || path.startsWith('/dev'))).toEqual([]);
  });

  it('has no test clock and no mailbox', async () => {
    (await test.anonymous.get('/test/clock')).expect(404);
    (await test.anonymous.put('/test/clock', { now: '2030-01-01T00:00:00Z' })).expect(404);
    (await test.anonymous.get('/dev/mailbox')).expect(404);
  });

  it('answers a webhook as if the route were not there', async () => {
    (await test.anonymous.with({ 'stripe-signature': 't=1,v1=00' }).post('/webhooks/payment', {})).expect(
      404,
    );
  });
});

describe('the test clock', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const clock = (token: string) => test.anonymous.with({ authorization: `Bearer ${token}` });

  it('answers only to the control token, under a name of this machine', async () => {
    (await test.anonymous.get('/test/clock')).expect(401);
    (await clock('wrong').get('/test/clock')).expect(401);
    (await clock('control-token-of-the-tests').get('/test/clock')).expect(200);
  });

  it('only moves forward', async () => {
    const { body } = (
      await clock('control-token-of-the-tests').put('/test/clock', { now: '2020-01-01T00:00:00Z' })
    ).expect(400);
    expect(body['error']).toBe('clock_backwards');
  });

  it('stands still until the next move when frozen', async () => {
    const now = new Date(Date.now() + 3_600_000);
    await test.moveClock(now);
    for (let look = 0; look < 3; look += 1) {
      const { body } = (await clock('control-token-of-the-tests').get('/test/clock')).expect(200);
      expect(body['now']).toBe(now.toISOString());
    }
  });
});
