import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { holdEvents, workedOff } from '../../support/sandbox-events.js';
import { fetchesOf, happens, pay, setOutage } from '../../support/sandbox-sales.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

describe.each(['polar', 'stripe'] as const)('while %s is silent', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await setOutage(test, provider, 'none');
    await test.sandbox.control.put('/_control/webhooks', { shuffle: true, duplicate: 0.2, drop: 0 });
    person = await register(test);
  });

  const tryExport = async (who = person): Promise<number> => (await who.call.post('/v1/export')).status;
  const end = async (field: string): Promise<Date> => new Date(String((await subscriptionOf(person))[field]));
  const ours = async (): Promise<string> => String((await subscriptionOf(person))['providerSubscriptionId']);

  it('a sync that fails is tried again, and converges after the recovery', async () => {
    await holdEvents(test);
    const id = await pay(test, person, { plan: 'pro', interval: 'month' });
    await test.sandbox.control.put('/_control/webhooks', { drop: 0 });
    await setOutage(test, provider, 'down');
    await happens(test, id, 'cancel');
    await test.sandbox.flush();
    const [failed] = await eventually(async () => {
      const rows = await test.database.query<{ attempts: number; next: Date }[]>(
        `select attempts, next_attempt_at as next from work_item where key = $1 and attempts > 0`,
        [`${provider}:${id}`],
      );
      return rows.length > 0 ? rows : null;
    });
    expect(await tryExport()).toBe(403);
    await setOutage(test, provider, 'none');
    await test.moveClock(new Date((failed?.next ?? new Date()).getTime() + 61 * SECOND_MS));
    await workedOff(test);
    const { plan, cancelAt } = await subscriptionOf(person);
    expect(plan).toBe('pro');
    expect(cancelAt).not.toBeNull();
    expect(await tryExport()).toBe(200);
  });

  it('GO-16 a cancelled subscription ends to the second, and a scheduled job persists it', async () => {
    await buy(test, person, { plan: 'pro', interval: 'month' });
    await happens(test, await ours(), 'cancel');
    await settled(test, async () => (await subscriptionOf(person))['cancelAt'] !== null);
    const over = await end('cancelAt');
    await holdEvents(test);
    await setOutage(test, provider, 'error');
    await test.moveClock(new Date(over.getTime() - SECOND_MS));
    expect(await tryExport()).toBe(200);
    await test.moveClock(new Date(over.getTime() + SECOND_MS));
    expect(await tryExport()).toBe(403);
    await test.moveClock(new Date(over.getTime() + 61 * SECOND_MS));
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    const [run] = await test.database.query<{ rows: string; error: string | null }[]>(
      `select rows, error from job_run where job_name = 'subscriptions.expire' and rows > 0
       order by started_at desc limit 1`,
    );
    expect(run).toEqual({ rows: '1', error: null });
  });

  it('a pause counts from its begin to the second, and is named for as long as nothing is heard', async () => {
    await buy(test, person, { plan: 'pro', interval: 'month' });
    const start = await end('currentPeriodStart');
    await test.moveClock(new Date(start.getTime() + HOUR_MS));
    (await person.call.post('/v1/subscription/pause')).expect(202);
    await settled(test, async () => (await subscriptionOf(person))['pause'] !== null);
    const begin = await end('currentPeriodEnd');
    await holdEvents(test);
    await setOutage(test, provider, 'error');
    await test.moveClock(new Date(begin.getTime() - SECOND_MS));
    expect(await tryExport()).toBe({ polar: 200, stripe: 403 }[provider]);
    for (const later of [0, 25 * HOUR_MS, 72 * HOUR_MS]) {
      await test.moveClock(new Date(begin.getTime() + later));
      const refused = (await person.call.post('/v1/export')).expect(403);
      expect(refused.body).toMatchObject({ reason: 'subscription_lapsed', lapsed: 'paused' });
    }
    await setOutage(test, provider, 'none');
    await test.moveClock(new Date(begin.getTime() + 74 * HOUR_MS));
    await settled(test, async () => (await subscriptionOf(person))['status'] === 'paused');
    expect((await person.call.post('/v1/export')).expect(403).body).toMatchObject({ lapsed: 'paused' });
  });

  it('at the end of a paid period access goes on for the slack of a day, then ends', async () => {
    await buy(test, person, { plan: 'pro', interval: 'month' });
    const edge = await end('currentPeriodEnd');
    await holdEvents(test);
    await setOutage(test, provider, 'error');
    await test.moveClock(new Date(edge.getTime() + 23 * HOUR_MS));
    expect(await tryExport()).toBe(200);
    await test.moveClock(new Date(edge.getTime() + 24 * HOUR_MS + SECOND_MS));
    const refused = (await person.call.post('/v1/export')).expect(403);
    expect(refused.body).toMatchObject({ reason: 'subscription_lapsed', lapsed: 'expired' });
  });

  it('at the end of a paid period the provider is asked, and its answer decides without any webhook', async () => {
    await buy(test, person, { plan: 'pro', interval: 'month' });
    const id = await ours();
    const edge = await end('currentPeriodEnd');
    await holdEvents(test);
    await test.sandbox.control.delete('/_control/requests');
    await test.moveClock(new Date(edge.getTime() + 61 * SECOND_MS));
    await workedOff(test);
    expect((await fetchesOf(test)).get(id)).toBeGreaterThan(0);
    expect((await end('currentPeriodEnd')).getTime()).toBeGreaterThan(edge.getTime());
    expect(await tryExport()).toBe(200);
  });
});
