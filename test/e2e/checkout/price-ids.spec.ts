import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { requestsTo } from '../../support/sandbox-sales.js';

const IDS = SANDBOX_CATALOG.flatMap(({ polarProductId, stripePriceId }) => [polarProductId, stripePriceId]);

/** The price ids that stand in a request, as whole values. */
function idsIn(body: unknown): string[] {
  const text = JSON.stringify(body);
  return IDS.filter((id) => text.includes(`"${id}"`));
}

/** Whether four seats stand in a request, in the way of either provider. */
function asksForFour(body: unknown): boolean {
  return /"(seats|quantity)[^:,]*":"?4\b/.test(JSON.stringify(body));
}

describe.each(['polar', 'stripe'] as const)('FX-35 what a checkout through %s sells', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider, runsWork: false });
    person = await register(test);
  });
  afterAll(() => test.close());

  const created = async () =>
    (await requestsTo(test)).filter(
      ({ method, path }) => method === 'POST' && /^\/v1\/checkout(s|\/sessions)\/?$/.test(path),
    );

  it.each(SANDBOX_CATALOG)('FX-35 $plan by the $interval asks for the right price id', async (offer) => {
    const { plan, interval, perSeat } = offer;
    await test.sandbox.control.delete('/_control/requests');
    const wish = { plan, interval, ...(perSeat && { seats: 4 }) };
    (await person.call.post('/v1/checkout', wish)).expect(201);
    const [request, ...others] = await created();
    expect(others).toEqual([]);
    expect(idsIn(request?.body)).toEqual([provider === 'polar' ? offer.polarProductId : offer.stripePriceId]);
    expect(asksForFour(request?.body)).toBe(perSeat);
  });

  it.each([
    ['the free plan', { plan: 'free', interval: 'month' }, 'not_for_sale'],
    ['an unknown plan', { plan: 'platinum', interval: 'month' }, 'not_for_sale'],
    ['an inherited name', { plan: '__proto__', interval: 'month' }, 'not_for_sale'],
    ['an unknown interval', { plan: 'pro', interval: 'week' }, 'invalid_request'],
    [
      'a price of its own',
      { plan: 'pro', interval: 'month', priceId: 'price_pro_monthly' },
      'invalid_request',
    ],
    ['no plan', { interval: 'month' }, 'invalid_request'],
  ])('FX-35 refuses %s with 400, asking nobody', async (_, wish, code) => {
    await test.sandbox.control.delete('/_control/requests');
    const { body } = (await person.call.post('/v1/checkout', wish)).expect(400);
    expect(body['error']).toBe(code);
    expect(await requestsTo(test)).toEqual([]);
  });

  it('FX-35 says of an unknown plan that it is none, and which plans are for sale', async () => {
    const { body } = (await person.call.post('/v1/checkout', { plan: 'gold', interval: 'month' })).expect(
      400,
    );
    expect(body).toEqual({
      error: 'not_for_sale',
      message: 'The plan "gold" is not among those for sale',
      details: { plan: 'gold', interval: 'month', plans: ['pro', 'team', 'enterprise'] },
      requestId: expect.any(String),
    });
  });

  it('FX-35 refuses a pair whose price was taken off sale', async () => {
    await test.database.query(
      `update price_map set for_sale = false where plan = 'team' and interval = 'year'`,
    );
    const { body } = (await person.call.post('/v1/checkout', { plan: 'team', interval: 'year' })).expect(400);
    expect(body).toMatchObject({ error: 'not_for_sale', message: 'The plan "team" is not sold by the year' });
    expect(body['details']).toMatchObject({ plan: 'team', intervals: ['month'] });
  });
});
