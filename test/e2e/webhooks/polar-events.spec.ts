import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { deliverEvent, eventOf, holdEvents } from '../../support/sandbox-events.js';
import { changePlan, happens, pay } from '../../support/sandbox-sales.js';

describe('what each event of Polar does, alone', () => {
  let test: TestApp;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'polar' });
    await holdEvents(test);
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
  });
  afterAll(() => test.close());

  const arrives = async (type: string): Promise<void> => deliverEvent(test, await eventOf(test, id, type));
  const tryExport = async (): Promise<number> => (await person.call.post('/v1/export')).status;

  it('GO-28 subscription.created upgrades to the paid plan', async () => {
    expect(await tryExport()).toBe(403);
    await arrives('subscription.created');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'active', interval: 'month' });
    expect(await tryExport()).toBe(200);
  });

  it('GO-29 subscription.updated updates the details', async () => {
    const yearly = SANDBOX_CATALOG.find((offer) => offer.key === 'pro_yearly');
    if (!yearly) throw new Error('the yearly offer is gone');
    await changePlan(test, 'polar', id, yearly);
    expect(await subscriptionOf(person)).toMatchObject({ interval: 'month', amount: '9900' });
    await arrives('subscription.updated');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', interval: 'year', amount: '99900' });
  });

  it('GO-30 subscription.canceled marks it cancelled and keeps access', async () => {
    await happens(test, id, 'cancel');
    await arrives('subscription.canceled');
    const { cancelAt, currentPeriodEnd, status } = await subscriptionOf(person);
    expect({ status, cancelAt }).toEqual({ status: 'active', cancelAt: currentPeriodEnd });
    expect(await tryExport()).toBe(200);
  });

  it('GO-31 subscription.uncanceled reactivates', async () => {
    await happens(test, id, 'uncancel');
    await arrives('subscription.uncanceled');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'active', cancelAt: null });
  });

  it('GO-32 subscription.revoked downgrades at once', async () => {
    await happens(test, id, 'revoke');
    expect(await tryExport()).toBe(200);
    await arrives('subscription.revoked');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    expect(await tryExport()).toBe(403);
  });

  it('GO-32 a late subscription.updated(status=canceled) after it does not restore access', async () => {
    const before = await subscriptionOf(person);
    await arrives('subscription.updated');
    await arrives('subscription.canceled');
    expect(await subscriptionOf(person)).toEqual(before);
    expect(await tryExport()).toBe(403);
  });
});
