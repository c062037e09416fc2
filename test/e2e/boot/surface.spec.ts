import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TransactionRunner, TestClockFollower, writeTestClock } from '@tollgate/kernel';
import { DemoModule } from '../../../apps/api/src/launcher/demo/demo.module.js';
import { prepareDemo } from '../../../apps/api/src/launcher/demo/prepare-demo.js';
import { TestClockMover } from '../../../apps/api/src/test-clock/test-clock-mover.service.js';
import { createTestApp, type TestApp } from '../../support/app.js';

const DAY_MS = 24 * 60 * 60 * 1000;

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

  /** Our instant and the sandbox's, in milliseconds. */
  async function instants(): Promise<number[]> {
    const ours = (await clock('control-token-of-the-tests').get('/test/clock')).expect(200);
    const sandboxs = (await test.sandbox.control.get('/_control/clock')).expect(200);
    return [ours, sandboxs].map(({ body }) => Date.parse(String(body['now'])));
  }

  async function expectWithinAMinute(before: readonly number[]): Promise<void> {
    const after = await instants();
    expect(after.every((at, index) => Math.abs(at - (before[index] ?? 0)) < 60_000)).toBe(true);
  }

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

  it.each([
    ['20 years and two months', () => new Date(Date.now() + 7_400 * DAY_MS).toISOString()],
    ['all of time', () => '9999-12-31T23:59:59.999Z'],
  ])('does not move %s at once, and stays where it was', async (_what, target) => {
    const before = await instants();
    const answer = await clock('control-token-of-the-tests').put('/test/clock', { now: target() });
    expect(answer.expect(400).body['error']).toBe('clock_too_far');
    await expectWithinAMinute(before);
    expect(await test.database.query('select 1 from test_clock')).toEqual([]);
  });

  it('does not move to where the sandbox is past already, and stays where it was', async () => {
    const ahead = new Date(Date.now() + DAY_MS);
    (await test.sandbox.control.put('/_control/clock', { now: ahead.toISOString() })).expect(200);
    const before = await instants();
    const now = new Date(ahead.getTime() - 3_600_000).toISOString();
    const answer = await clock('control-token-of-the-tests').put('/test/clock', { now });
    expect(answer.expect(400).body['error']).toBe('clock_backwards');
    await expectWithinAMinute(before);
    const after = new Date(ahead.getTime() + 60_000).toISOString();
    (await clock('control-token-of-the-tests').put('/test/clock', { now: after })).expect(200);
  });

  it('stands still until the next move when frozen', async () => {
    const now = new Date(Date.now() + 2 * DAY_MS);
    await test.moveClock(now);
    for (let look = 0; look < 3; look += 1) {
      const { body } = (await clock('control-token-of-the-tests').get('/test/clock')).expect(200);
      expect(body['now']).toBe(now.toISOString());
    }
  });

  it('takes the sandbox along after a restart, over however many years', async () => {
    const far = new Date(Date.now() + 45 * 366 * DAY_MS);
    await test.app.get(TransactionRunner).run((tx) => writeTestClock(tx, far, true));
    await test.app.get(TestClockFollower).refresh();
    await test.app.get(TestClockMover, { strict: false }).bringSandboxAlong();
    expect(await instants()).toEqual([far.getTime(), far.getTime()]);
  });
});

describe('a start whose sandbox does not follow the clock', () => {
  it.each([
    [
      'because it refuses our control token',
      { TOLLGATE_CONTROL_TOKEN: 'another token' },
      400,
      'sandbox_refused',
    ],
    ['because it is not there', { TOLLGATE_SANDBOX_URL: 'http://127.0.0.1:1' }, 503, 'sandbox_unavailable'],
  ])('goes on, %s', async (_why, environment, status, code) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'tollgate-demo-'));
    const test = await createTestApp({
      environment,
      root: (config) => DemoModule.forRoot(config, { runsWork: true, passwordCost: 'test' }),
    });
    try {
      const { controlToken } = await prepareDemo(test.app, test.config, dataDir);
      const answer = await test.anonymous
        .with({ authorization: `Bearer ${String(controlToken)}` })
        .put('/test/clock', { now: new Date(Date.now() + DAY_MS).toISOString() });
      expect(answer.expect(status).body['error']).toBe(code);
      expect(await test.database.query('select 1 from test_clock')).toEqual([]);
    } finally {
      await test.close();
      rmSync(dataDir, { recursive: true });
    }
  });
});
