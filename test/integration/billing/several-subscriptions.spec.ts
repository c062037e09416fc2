import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { holdEvents } from '../../support/sandbox-events.js';
import { happens, setOutage } from '../../support/sandbox-sales.js';

describe('two live subscriptions of one owner', () => {
  let test: TestApp;
  let person: Person;
  let pro: string;
  let enterprise: string;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe' });
    person = await register(test);
    await buy(test, person, { plan: 'pro', interval: 'month' });
    const { providerSubscriptionId, providerCustomerId } = await subscriptionOf(person);
    pro = String(providerSubscriptionId);
    const sale = { provider: 'stripe', customer: providerCustomerId, sellable: 'enterprise_monthly' };
    const sold = await test.sandbox.control.post('/_control/subscriptions', sale);
    enterprise = String(sold.expect(201).body['id']);
  });
  afterAll(() => test.close());

  it('count as the higher plan, in one row', async () => {
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'enterprise');
    expect(await subscriptionOf(person)).toMatchObject({ providerSubscriptionId: enterprise });
    expect(await test.database.query('select count(*)::int as rows from subscription')).toEqual([
      { rows: 1 },
    ]);
  });

  it('are told to staff while both are to be renewed', async () => {
    const open = () =>
      test.database.query(
        `select details->'subscriptions' as both from billing_alert
         where kind = 'several_live_subscriptions' and resolved_at is null`,
      );
    const both = [pro, enterprise].map((id) => expect.objectContaining({ provider: 'stripe', id }));
    expect(await open()).toEqual([{ both: expect.arrayContaining(both) }]);
    await happens(test, pro, 'cancel');
    await settled(test, async () => (await open()).length === 0);
    await happens(test, pro, 'uncancel');
    await settled(test, async () => (await open()).length === 1);
  });

  it('leave the other plan when the end of the higher one comes, even while the provider is silent', async () => {
    await happens(test, enterprise, 'cancel');
    await settled(test, async () => (await subscriptionOf(person))['cancelAt'] !== null);
    const over = new Date(String((await subscriptionOf(person))['cancelAt']));
    await holdEvents(test);
    await setOutage(test, 'stripe', 'error');
    await test.moveClock(new Date(over.getTime() + 61_000));
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', providerSubscriptionId: pro });
    (await person.call.post('/v1/export')).expect(200);
  });
});
