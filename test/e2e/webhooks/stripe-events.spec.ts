import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { deliverEvent, eventOf, holdEvents } from '../../support/sandbox-events.js';
import { changePlan, happens, pay, subscriptionsAt } from '../../support/sandbox-sales.js';

describe('what each event of Stripe does, alone', () => {
  let test: TestApp;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe' });
    await holdEvents(test);
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
  });
  afterAll(() => test.close());

  const arrives = async (type: string): Promise<void> => deliverEvent(test, await eventOf(test, id, type));
  const tryExport = async (): Promise<number> => (await person.call.post('/v1/export')).status;

  it('GO-33 checkout.session.completed stores the customer id', async () => {
    const buyer = await register(test);
    const bought = await pay(test, buyer, { plan: 'pro', interval: 'month' });
    // As if the link made at the checkout had been lost: the event alone must find the way back.
    const { customer } = (await subscriptionsAt(test))[bought] as { customer: string };
    await test.database.query('delete from provider_customer where customer_id = $1', [customer]);
    await deliverEvent(test, await eventOf(test, bought, 'checkout.session.completed'));
    expect(await subscriptionOf(buyer)).toMatchObject({ providerCustomerId: customer });
    expect(
      await test.database.query(
        `select o.user_id from provider_customer c join billing_owner o on o.id = c.owner_id where c.customer_id = $1`,
        [customer],
      ),
    ).toEqual([{ user_id: buyer.id }]);
  });

  it('GO-34 SB-19 customer.subscription.created activates', async () => {
    expect(await tryExport()).toBe(403);
    await arrives('customer.subscription.created');
    expect(await subscriptionOf(person)).toMatchObject({
      plan: 'pro',
      status: 'active',
      providerSubscriptionId: id,
    });
    expect(await tryExport()).toBe(200);
  });

  it('GO-35 SB-20 customer.subscription.updated applies another price', async () => {
    const yearly = SANDBOX_CATALOG.find((offer) => offer.key === 'pro_yearly');
    if (!yearly) throw new Error('the yearly offer is gone');
    await changePlan(test, 'stripe', id, yearly);
    await arrives('customer.subscription.updated');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', interval: 'year', amount: '99900' });
  });

  it('GO-35 SB-20 customer.subscription.updated applies another status, with grace, and the recovery', async () => {
    await happens(test, id, 'fail-payment');
    await arrives('customer.subscription.updated');
    const late = await subscriptionOf(person);
    expect(late).toMatchObject({ plan: 'pro', status: 'past_due' });
    expect(late['graceUntil']).not.toBeNull();
    expect(await tryExport()).toBe(200);
    await happens(test, id, 'recover');
    await arrives('customer.subscription.updated');
    expect(await subscriptionOf(person)).toMatchObject({
      status: 'active',
      pastDueSince: null,
      graceUntil: null,
    });
  });

  it('GO-36 SB-21 customer.subscription.deleted downgrades', async () => {
    await happens(test, id, 'revoke');
    expect(await tryExport()).toBe(200);
    await arrives('customer.subscription.deleted');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    expect(await tryExport()).toBe(403);
  });
});
