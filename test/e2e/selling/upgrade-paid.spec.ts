import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf, wishDone } from '../../support/people.js';
import { moveTo, workedOff } from '../../support/sandbox-events.js';
import { paidFor } from '../../support/sandbox-sales.js';

const TEAM = { plan: 'team', interval: 'month', seats: 1 } as const;
const ENTERPRISE = { plan: 'enterprise', interval: 'month', seats: 50 } as const;
const YEARLY = { plan: 'enterprise', interval: 'year', seats: 2 } as const;
const [TEAM_PRICE, ENTERPRISE_PRICE] = [3_000, 300_000];
const DIFFERENCE = ENTERPRISE_PRICE - TEAM_PRICE;
const HOUR_MS = 60 * 60 * 1_000;

describe.each(['polar', 'stripe'] as const)('an upgrade is paid at %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    await buy(test, person, TEAM);
  });

  const field = async (name: string): Promise<unknown> => (await subscriptionOf(person))[name];
  const instant = async (name: string): Promise<number> => new Date(String(await field(name))).getTime();
  const paid = async (): Promise<number> => paidFor(test, String(await field('providerSubscriptionId')));
  const change = (wish: object) => person.call.post('/v1/subscription/change', wish);
  const pause = () => person.call.post('/v1/subscription/pause', {});
  const upgraded = async (wish: typeof ENTERPRISE | typeof YEARLY): Promise<void> => {
    (await change(wish)).expect(202);
    await settled(test, async () => (await field('seats')) === wish.seats);
    await workedOff(test);
  };
  const middle = async (): Promise<number> =>
    ((await instant('currentPeriodStart')) + (await instant('currentPeriodEnd'))) / 2;

  it('with the last invoice, when it is cancelled before the renewal', async () => {
    const [half, end] = [await middle(), await instant('currentPeriodEnd')];
    const id = String(await field('providerSubscriptionId'));
    await moveTo(test, half);
    await upgraded(ENTERPRISE);
    await moveTo(test, end - 2 * HOUR_MS);
    await wishDone(test, person, 'cancel');
    expect(await paidFor(test, id)).toBe(TEAM_PRICE);
    await moveTo(test, end + 2 * HOUR_MS);
    await settled(test, async () => (await field('plan')) === 'free');
    expect(await paidFor(test, id)).toBe(TEAM_PRICE + DIFFERENCE / 2);
  });

  it('before it can be paused: with the renewal', async () => {
    const [half, end] = [await middle(), await instant('currentPeriodEnd')];
    await moveTo(test, half);
    await upgraded(ENTERPRISE);
    await moveTo(test, end - 2 * HOUR_MS);
    expect((await pause()).expect(409).body).toMatchObject({
      error: 'upgrade_unpaid',
      details: { until: new Date(end).toISOString(), cancelAt: '/v1/subscription/cancel' },
    });
    await wishDone(test, person, 'cancel');
    await wishDone(test, person, 'undo-cancel');
    (await pause()).expect(409);
    await moveTo(test, end + 2 * HOUR_MS);
    expect(await paid()).toBe(TEAM_PRICE + DIFFERENCE / 2 + ENTERPRISE_PRICE);
    await wishDone(test, person, 'pause');
    expect((await field('pause')) === null).toBe(false);
  });

  it('at once, when a pause is to begin before the renewal', async () => {
    const half = await middle();
    await moveTo(test, half);
    await wishDone(test, person, 'pause');
    const preview = await person.call.post('/v1/subscription/change/preview', ENTERPRISE);
    const cost = preview.body['cost'] as { dueNow: { amount: string } } | undefined;
    const { status } = await change(ENTERPRISE);
    await test.sandbox.flush();
    await workedOff(test);
    // At Stripe the pause has begun, and nothing can be changed.
    const told = {
      polar: [String(DIFFERENCE / 2), 202, TEAM_PRICE + DIFFERENCE / 2],
      stripe: [undefined, 409, TEAM_PRICE],
    }[provider];
    expect([cost?.dueNow.amount, status, await paid()]).toEqual(told);
  });

  it('at once, when a year begins instead of a month, which can be paused at once therefore', async () => {
    await moveTo(test, await middle());
    await upgraded(YEARLY);
    expect(await paid()).toBe(TEAM_PRICE + 120_000 - TEAM_PRICE / 2);
    await wishDone(test, person, 'pause');
    expect((await field('pause')) === null).toBe(false);
  });
});

describe('an upgrade at polar whose seats are refused after its plan', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'polar' });
  });
  afterAll(() => test.close());

  it('cannot be paused before the plan is paid', async () => {
    const person = await register(test);
    await buy(test, person, TEAM);
    const body = { error: 'PaymentFailed', detail: 'The payment could not be completed.' };
    const path = '/v1/subscriptions/*';
    const fault = { provider: 'polar', method: 'PATCH', path, mode: 'status', status: 402, body, skip: 1 };
    (await test.sandbox.control.post('/_control/faults', fault)).expect(201);
    const sent = (await person.call.post('/v1/subscription/change', ENTERPRISE)).expect(202).body;
    const { id } = sent['command'] as { id: string };
    const outcome = async () => (await person.call.get(`/v1/subscription/commands/${id}`)).body['state'];
    await settled(test, async () => (await outcome()) === 'refused');
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'enterprise');
    expect(await subscriptionOf(person)).toMatchObject({ seats: 1 });
    expect((await person.call.post('/v1/subscription/pause', {})).expect(409).body['error']).toBe(
      'upgrade_unpaid',
    );
  });
});
