import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { JobRegistry } from '@tollgate/kernel';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, register, subscriptionOf } from '../../support/people.js';
import { holdEvents, workedOff } from '../../support/sandbox-events.js';
import { happens } from '../../support/sandbox-sales.js';
import { startNode } from '../../support/second-node.js';
import { staffMember } from '../../support/staff.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const PRO = { plan: 'pro', interval: 'month' } as const;

interface Told {
  readonly id: string;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly open: boolean;
}

/** An application that tells of 48 silent hours, and the hands that move its time. */
async function startWatched(provider: 'polar' | 'stripe') {
  const test = await createTestApp({ provider, environment: { BILLING_SILENCE_HOURS: '48' } });
  // Ahead of the real time, which goes on until the first move.
  let now = Date.now() + HOUR_MS;
  return {
    test,
    /** Time passes, and then so much more that the next look comes. */
    pass: async (ms: number): Promise<void> => {
      for (const step of [ms, 15 * MINUTE_MS]) {
        now += step;
        await test.moveClock(new Date(now));
      }
    },
    told: (): Promise<Told[]> =>
      test.database.query(
        `select id, subject, details, resolved_at is null as open from billing_alert
         where kind = 'webhooks_silent' order by raised_at`,
      ),
    hear: async (subscriptionId: string): Promise<void> => {
      (await test.sandbox.control.put('/_control/webhooks', { drop: 0, duplicate: 0 })).expect(200);
      await happens(test, subscriptionId, 'cancel');
      await test.sandbox.flush();
      await workedOff(test);
      await happens(test, subscriptionId, 'uncancel');
      await test.sandbox.flush();
      await workedOff(test);
      await holdEvents(test);
    },
  };
}

describe.each(['polar', 'stripe'] as const)('while no webhook comes from %s', (provider) => {
  let watched: Awaited<ReturnType<typeof startWatched>>;
  let test: TestApp;
  let second: INestApplicationContext;
  let subscriptionId: string;

  beforeAll(async () => {
    watched = await startWatched(provider);
    ({ test } = watched);
    second = await startNode(test);
  });
  afterAll(async () => {
    await second.close();
    await test.close();
  });

  it('W12 nobody is called while nothing is sold', async () => {
    await watched.pass(100 * HOUR_MS);
    expect(await watched.told()).toEqual([]);
  });

  it('W12 staff are called once by two processes, when the hours are over and not before', async () => {
    const person = await register(test);
    await buy(test, person, PRO);
    subscriptionId = String((await subscriptionOf(person))['providerSubscriptionId']);
    await holdEvents(test);
    await watched.pass(47 * HOUR_MS);
    expect(await watched.told()).toEqual([]);
    await watched.pass(HOUR_MS);
    const details = { provider, since: expect.any(String), liveSubscriptions: 1, openCheckouts: 0 };
    const alert = { id: expect.any(String), subject: provider, details, open: true };
    expect(await watched.told()).toEqual([alert]);
    await watched.pass(5 * HOUR_MS);
    expect(await watched.told()).toEqual([alert]);
  });

  it('W12 the call ends when events come again, and the next silence is told anew', async () => {
    await watched.hear(subscriptionId);
    await watched.pass(0);
    expect((await watched.told()).map(({ open }) => open)).toEqual([false]);
    await watched.pass(49 * HOUR_MS);
    expect((await watched.told()).map(({ open }) => open)).toEqual([false, true]);
  });

  it('W12 a call that staff have put away is not repeated in the same silence', async () => {
    const staff = await staffMember(test, 'admin');
    const { id } = (await watched.told()).at(-1) ?? { id: '' };
    const reason = 'We know, the endpoint is being moved';
    (await staff.post(`/staff/alerts/${id}/resolve`, { reason })).expect(200);
    await watched.pass(30 * HOUR_MS);
    expect((await watched.told()).map(({ open }) => open)).toEqual([false, false]);
  });

  it('W12 one of two looks at the same time tells', async () => {
    await watched.hear(subscriptionId);
    await watched.pass(0);
    const jobs = [test.app, second].map((app) =>
      app
        .get(JobRegistry)
        .all()
        .find(({ name }) => name === 'webhooks.watch'),
    );
    const [row] = await test.database.query<{ at: Date }[]>('select max(looked_at) as at from webhook_watch');
    // By hand, and without the lease that keeps a job on one node: looks every half an hour, two at a time.
    let tellers = 0;
    for (let minutes = 30; minutes <= 50 * 60; minutes += 30) {
      const at = new Date((row?.at.getTime() ?? 0) + minutes * MINUTE_MS);
      const told = await Promise.all(jobs.map(async (job) => job?.run(at)));
      tellers += told.reduce<number>((sum, one) => sum + (one ?? 0), 0);
    }
    expect(tellers).toBe(1);
    expect((await watched.told()).filter(({ open }) => open)).toHaveLength(1);
  });
});

describe('while a checkout is open and nothing is heard', () => {
  let watched: Awaited<ReturnType<typeof startWatched>>;

  beforeAll(async () => {
    watched = await startWatched('stripe');
  });
  afterAll(() => watched.test.close());

  it('W12 staff are called too', async () => {
    await watched.pass(0);
    await holdEvents(watched.test);
    const person = await register(watched.test);
    (await person.call.post('/v1/checkout', PRO)).expect(201);
    await watched.pass(49 * HOUR_MS);
    expect(await watched.told()).toMatchObject([
      { subject: 'stripe', details: { liveSubscriptions: 0, openCheckouts: 1 } },
    ]);
  });
});
