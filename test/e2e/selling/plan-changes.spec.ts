import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { workedOff } from '../../support/sandbox-events.js';
import { happens, requestsTo } from '../../support/sandbox-sales.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month', seats: 4 } as const;
const SECOND_MS = 1_000;

describe.each(['polar', 'stripe'] as const)('a subscription sold through %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
  });

  const change = (wish: object) => person.call.post('/v1/subscription/change', wish);
  const field = async (name: string): Promise<unknown> => (await subscriptionOf(person))[name];
  const tryExport = async (): Promise<number> => (await person.call.post('/v1/export')).status;
  const outcomeOf = async (id: string): Promise<string> => {
    let state = 'pending';
    await settled(test, async () => {
      state = String((await person.call.get(`/v1/subscription/commands/${id}`)).expect(200).body['state']);
      return state !== 'pending';
    });
    return state;
  };
  const commandIn = (body: Record<string, unknown>): string => (body['command'] as { id: string }).id;
  const wish = async (what: string, body: object = {}): Promise<string> =>
    outcomeOf(commandIn((await person.call.post(`/v1/subscription/${what}`, body)).expect(202).body));

  it('SB-45 is upgraded at once, with a preview before and the proration sent; limits follow the webhook', async () => {
    await buy(test, person, PRO);
    const preview = (await person.call.post('/v1/subscription/change/preview', TEAM)).expect(200).body;
    expect(preview).toMatchObject({ plan: 'team', seats: 4, when: 'now', effectiveAt: null });
    const { nextAmount } = preview['cost'] as { nextAmount: { currency: string } };
    expect(nextAmount.currency).toBe('usd');
    expect(await field('plan')).toBe('pro');

    await test.sandbox.control.delete('/_control/requests');
    const { body } = (await change({ ...TEAM, ifPlan: 'pro' })).expect(202);
    expect(await outcomeOf(commandIn(body))).toBe('done');
    await settled(test, async () => (await field('plan')) === 'team');
    expect(await subscriptionOf(person)).toMatchObject({ seats: 4, amount: '12000', pendingChange: null });
    const sent = JSON.stringify((await requestsTo(test)).filter(({ method }) => method !== 'GET'));
    expect(sent).toContain(provider === 'polar' ? 'prorate' : 'create_prorations');
    const { data } = (await person.call.get('/v1/entitlements')).expect(200).body as {
      data: { feature: string; limit: number }[];
    };
    expect(data.find(({ feature }) => feature === 'workflows')).toMatchObject({ limit: 100 });
  });

  it('is downgraded at the end of the period: visible until then, and the lower plan is what is renewed', async () => {
    await buy(test, person, { plan: 'enterprise', interval: 'month', seats: 2 });
    const end = new Date(String(await field('currentPeriodEnd')));
    const { body } = (await change({ plan: 'team', interval: 'month', seats: 2 })).expect(202);
    expect(body).toMatchObject({ when: 'period_end', effectiveAt: end.toISOString() });
    await settled(test, async () => (await field('pendingChange')) !== null);
    expect(await subscriptionOf(person)).toMatchObject({
      plan: 'enterprise',
      pendingChange: { plan: 'team', interval: 'month', effectiveAt: end.toISOString() },
    });

    await test.moveClock(new Date(end.getTime() - 30 * 60 * SECOND_MS));
    expect(await field('plan')).toBe('enterprise');
    await test.moveClock(new Date(end.getTime() + 61 * SECOND_MS));
    await settled(test, async () => (await field('plan')) === 'team');
    await settled(test, async () => (await field('pendingChange')) === null);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', status: 'active', amount: '6000' });
    expect(await tryExport()).toBe(200);
  });

  it('keeps its plan when a pending downgrade is taken back', async () => {
    await buy(test, person, { plan: 'enterprise', interval: 'month', seats: 1 });
    const end = new Date(String(await field('currentPeriodEnd')));
    (await change({ plan: 'team', interval: 'month' })).expect(202);
    await settled(test, async () => (await field('pendingChange')) !== null);
    const { body } = (await person.call.delete('/v1/subscription/change')).expect(202);
    // What we kept ourselves is gone at once; what the provider keeps takes a command.
    expect(body['command'] ? await outcomeOf(commandIn(body)) : 'done').toBe('done');
    await settled(test, async () => (await field('pendingChange')) === null);
    (await person.call.delete('/v1/subscription/change')).expect(409);
    await test.moveClock(new Date(end.getTime() + 61 * SECOND_MS));
    await settled(test, async () => String(await field('currentPeriodEnd')) > end.toISOString());
    expect(await field('plan')).toBe('enterprise');
  });

  it('GO-15 GO-16 is cancelled with its period, and that is taken back', async () => {
    await buy(test, person, PRO);
    expect(await wish('cancel')).toBe('done');
    await settled(test, async () => (await field('cancelAt')) !== null);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'active' });
    const again = (await person.call.post('/v1/subscription/cancel')).expect(409);
    expect(again.body).toMatchObject({
      error: 'cancel_scheduled',
      details: { undoAt: '/v1/subscription/undo-cancel' },
    });
    expect((await change(TEAM)).expect(409).body['error']).toBe('cancel_scheduled');
    const bought = (await person.call.post('/v1/checkout', TEAM)).expect(409).body;
    expect(bought['details']).toEqual({ plan: 'pro', undoAt: '/v1/subscription/undo-cancel' });
    expect(await wish('undo-cancel')).toBe('done');
    await settled(test, async () => (await field('cancelAt')) === null);
    expect((await person.call.post('/v1/subscription/undo-cancel')).expect(409).body['error']).toBe(
      'not_canceled',
    );

    await wish('cancel');
    await settled(test, async () => (await field('cancelAt')) !== null);
    const end = new Date(String(await field('cancelAt')));
    await test.moveClock(new Date(end.getTime() - SECOND_MS));
    expect(await tryExport()).toBe(200);
    await test.moveClock(new Date(end.getTime() + SECOND_MS));
    expect(await tryExport()).toBe(403);
    await settled(test, async () => (await field('plan')) === 'free');
  });

  it('changes nothing for a wish that cannot be: each with its own word', async () => {
    expect((await change(PRO)).expect(409).body).toMatchObject({
      error: 'no_subscription',
      details: { checkoutAt: '/v1/checkout' },
    });
    (await person.call.post('/v1/subscription/cancel')).expect(409);
    await buy(test, person, PRO);
    const { providerSubscriptionId } = await subscriptionOf(person);
    expect((await change(PRO)).expect(409).body['error']).toBe('plan_unchanged');
    expect((await change({ ...TEAM, ifPlan: 'enterprise' })).expect(409).body['error']).toBe(
      'subscription_changed',
    );
    expect((await change({ plan: 'free', interval: 'month' })).expect(400).body['error']).toBe(
      'not_for_sale',
    );
    expect((await change({ ...TEAM, seats: 101 })).expect(400).body['error']).toBe('seats_invalid');
    expect((await person.call.post('/v1/subscription/resume')).expect(409).body['error']).toBe('not_paused');
    (await test.anonymous.post('/v1/subscription/change', TEAM)).expect(401);
    const stranger = await register(test);
    const { body } = (await person.call.post('/v1/subscription/cancel')).expect(202);
    (await stranger.call.get(`/v1/subscription/commands/${commandIn(body)}`)).expect(404);
    await happens(test, String(providerSubscriptionId), 'revoke');
    await settled(test, async () => (await field('plan')) === 'free');
  });

  it('is not paused until an instant that the provider would refuse, and staff are not called for it', async () => {
    await buy(test, person, PRO);
    const end = new Date(String(await field('currentPeriodEnd'))).getTime();
    const untilThen = async (instant: string | number): Promise<unknown> => {
      const resumesAt = typeof instant === 'string' ? instant : new Date(instant).toISOString();
      const { status, body } = await person.call.post('/v1/subscription/pause', { resumesAt });
      return [status, body['error']];
    };
    const early = { polar: [400, 'resume_too_early'], stripe: [409, 'resumes_by_hand'] }[provider];
    expect(await untilThen('2000-01-01T00:00:00Z')).toEqual(early);
    // At Polar a pause begins when the period ends.
    expect(await untilThen(end)).toEqual(early);
    expect(await untilThen('9999-12-31T23:59:59-12:00')).toEqual([400, 'invalid_request']);
    expect(await untilThen(end + SECOND_MS)).toEqual({ polar: [202, undefined], stripe: early }[provider]);
    await workedOff(test);
    const alerts = await test.database.query(
      `select 1 from billing_alert a join billing_owner o on o.id = a.owner_id where o.user_id = $1`,
      [person.id],
    );
    expect(alerts).toEqual([]);
  });

  it('is told at once where a price per seat cannot be left for one without', async () => {
    await buy(test, person, TEAM);
    const { status, body } = await change(PRO);
    const told = { polar: [409, 'seat_pricing_stays'], stripe: [202, 'period_end'] }[provider];
    expect([status, body['error'] ?? body['when']]).toEqual(told);
  });

  it('refuses a change while a payment is due', async () => {
    await buy(test, person, PRO);
    await happens(test, String(await field('providerSubscriptionId')), 'fail-payment');
    await settled(test, async () => (await field('status')) === 'past_due');
    expect((await change(TEAM)).expect(409).body).toMatchObject({
      error: 'payment_due',
      details: { payAt: '/v1/portal' },
    });
    const again = (await person.call.post('/v1/checkout', TEAM)).expect(409).body;
    expect(again).toMatchObject({ error: 'subscription_exists', message: expect.stringContaining('pay it') });
    expect(again['details']).toEqual({ plan: 'pro', payAt: '/v1/portal' });
    (await person.call.post('/v1/portal')).expect(200);
  });
});
