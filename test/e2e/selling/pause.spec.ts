import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { moveTo, workedOff } from '../../support/sandbox-events.js';
import { happens, subscriptionsAt } from '../../support/sandbox-sales.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

// The providers differ in when a pause begins, and in whether it ends by itself; what a pause is does not differ.
describe.each([
  { provider: 'polar', begins: 'period_end', endsByItself: true },
  { provider: 'stripe', begins: 'now', endsByItself: false },
] as const)('a pause of a subscription sold through $provider', ({ provider, begins, endsByItself }) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  const field = async (person: Person, name: string): Promise<unknown> =>
    (await subscriptionOf(person))[name];
  const tryExport = async (person: Person): Promise<number> => (await person.call.post('/v1/export')).status;
  const check = async (person: Person): Promise<unknown> =>
    (await person.call.post('/v1/check', { feature: 'export' })).expect(200).body;
  const wish = async (person: Person, what: string, body: object = {}): Promise<void> => {
    const { command } = (await person.call.post(`/v1/subscription/${what}`, body)).expect(202).body;
    const { id } = command as { id: string };
    await settled(test, async () => {
      const { state } = (await person.call.get(`/v1/subscription/commands/${id}`)).body;
      return state === 'done';
    });
    await workedOff(test);
  };
  const buyer = async (): Promise<{ person: Person; end: Date }> => {
    const person = await register(test);
    await buy(test, person, PRO);
    return { person, end: new Date(String(await field(person, 'currentPeriodEnd'))) };
  };
  /** Lets the pause begin that was just wished for. */
  const begin = async (end: Date): Promise<void> => {
    if (begins === 'period_end') await test.moveClock(new Date(end.getTime() + SECOND_MS));
    await test.sandbox.flush();
    await workedOff(test);
  };

  it('begins where the provider lets it, gives no access while it lasts, and is ended by its owner', async () => {
    const { person, end } = await buyer();
    await wish(person, 'pause');
    const later = begins === 'period_end';
    expect(await tryExport(person)).toBe(later ? 200 : 403);
    const pause = { beginsAt: later ? end.toISOString() : null, endsAt: null };
    expect(await field(person, 'pause')).toEqual(pause);
    await begin(end);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'paused' });
    const team = { plan: 'team', interval: 'month' };
    const resumeAt = '/v1/subscription/resume';
    const again = (await person.call.post('/v1/checkout', team)).expect(409).body;
    expect(again).toMatchObject({ error: 'subscription_exists', message: expect.stringContaining('resume') });
    expect(again['details']).toEqual({ plan: 'pro', resumeAt });
    const changed = (await person.call.post('/v1/subscription/change', team)).expect(409).body;
    expect(changed).toMatchObject({ error: 'paused', details: { resumeAt } });
    expect(await check(person)).toMatchObject({
      allowed: false,
      plan: 'free',
      reason: 'subscription_lapsed',
      lapsed: 'paused',
    });
    expect(await tryExport(person)).toBe(403);
    const paused = (await person.call.post('/v1/subscription/pause', {})).expect(409).body;
    expect(paused).toMatchObject({
      error: 'not_pausable',
      message: 'Only an active subscription can be paused; this one is paused already',
      details: { status: 'paused', resumeAt: '/v1/subscription/resume' },
    });
    await wish(person, 'resume');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'active', pause: null });
    expect(await tryExport(person)).toBe(200);
    expect((await person.call.post('/v1/subscription/resume')).expect(409).body['error']).toBe('not_paused');
  });

  it('is asked for once, also without a body: a second time is refused, begun or not', async () => {
    const { person, end } = await buyer();
    const { body } = (await person.call.post('/v1/subscription/pause')).expect(202);
    expect(body['command']).toMatchObject({ verb: 'pause' });
    await settled(test, async () => (await field(person, 'pause')) !== null);
    await workedOff(test);
    const second = (await person.call.post('/v1/subscription/pause')).expect(409).body;
    const details = { resumeAt: '/v1/subscription/resume' };
    const expected = begins === 'now' ? details : { ...details, pausesAt: end.toISOString() };
    expect(second).toMatchObject({ error: 'not_pausable', details: expected });
  });

  it('is refused with the state that is in its way', async () => {
    const { person } = await buyer();
    await happens(test, String(await field(person, 'providerSubscriptionId')), 'fail-payment');
    await settled(test, async () => (await field(person, 'status')) === 'past_due');
    expect((await person.call.post('/v1/subscription/pause')).expect(409).body).toMatchObject({
      error: 'not_pausable',
      message: 'Only an active subscription can be paused; this one is past due',
      details: { status: 'past_due', payAt: '/v1/portal' },
    });
  });

  it('is taken back before it has begun, where it begins later', async () => {
    const { person, end } = await buyer();
    await wish(person, 'pause');
    await wish(person, 'resume');
    expect(await subscriptionOf(person)).toMatchObject({ status: 'active', pause: null });
    await begin(end);
    expect(await field(person, 'status')).toBe('active');
    expect(await tryExport(person)).toBe(200);
  });

  it('ends by itself where the provider can do that; elsewhere an end is refused at once', async () => {
    const { person, end } = await buyer();
    const until = new Date(end.getTime() + 10 * DAY_MS);
    const ask = async (resumesAt: Date): Promise<unknown> => {
      const { status, body } = await person.call.post('/v1/subscription/pause', { resumesAt });
      return body['error'] ?? status;
    };
    expect(await ask(end)).toBe(endsByItself ? 'resume_too_early' : 'resumes_by_hand');
    expect(await ask(until)).toBe(endsByItself ? 202 : 'resumes_by_hand');
    await test.sandbox.flush();
    await workedOff(test);
    const kept = { beginsAt: end.toISOString(), endsAt: until.toISOString() };
    expect(await field(person, 'pause')).toEqual(endsByItself ? kept : null);
    const seen: number[] = [];
    for (const at of [end.getTime() + SECOND_MS, until.getTime() - SECOND_MS, until.getTime() + SECOND_MS]) {
      await moveTo(test, at);
      seen.push(await tryExport(person));
    }
    expect(seen).toEqual(endsByItself ? [403, 403, 200] : [200, 200, 200]);
  });

  it('is refused while a cancel is scheduled', async () => {
    const { person } = await buyer();
    await wish(person, 'cancel');
    await settled(test, async () => (await field(person, 'cancelAt')) !== null);
    expect((await person.call.post('/v1/subscription/pause', {})).expect(409).body['error']).toBe(
      'cancel_scheduled',
    );
    const id = String(await field(person, 'providerSubscriptionId'));
    expect((await subscriptionsAt(test))[id]).toMatchObject({ status: 'active' });
  });
});
