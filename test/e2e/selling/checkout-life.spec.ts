import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { holdEvents, workedOff } from '../../support/sandbox-events.js';
import {
  happens,
  paidFor,
  pay,
  reconciled,
  requestsTo,
  subscriptionsAt,
} from '../../support/sandbox-sales.js';
import { serveNode } from '../../support/second-node.js';
import { staffMember } from '../../support/staff.js';
import { createOrganization, join, ownerIdOf, within } from '../../support/tenants.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

describe.each(['polar', 'stripe'] as const)('selling through %s with a trial of 14 days', (provider) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider, environment: { BILLING_TRIAL_DAYS: '14' } });
  });
  afterAll(() => test.close());

  it('gives the trial once to an owner, for ever remembered, and says so to the provider', async () => {
    const person = await register(test);
    await buy(test, person, PRO);
    const trial = await subscriptionOf(person);
    expect(trial).toMatchObject({ status: 'trialing', plan: 'pro' });
    expect(trial['trialUsedAt']).not.toBeNull();
    (await person.call.post('/v1/export')).expect(200);
    await happens(test, String(trial['providerSubscriptionId']), 'revoke');
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'free');
    expect((await subscriptionOf(person))['trialUsedAt']).toBe(trial['trialUsedAt']);
    await test.sandbox.control.delete('/_control/requests');
    await buy(test, person, PRO);
    expect(await subscriptionOf(person)).toMatchObject({
      status: 'active',
      trialUsedAt: trial['trialUsedAt'],
    });
    const asked = JSON.stringify(await requestsTo(test));
    expect(asked.includes('"allow_trial":false')).toBe(provider === 'polar');
    expect(asked).not.toContain('trial_period_days');
  });

  it('the end of the trial is decided by the provider: paid, and periods are counted from there', async () => {
    const person = await register(test);
    await buy(test, person, PRO);
    const end = new Date(String((await subscriptionOf(person))['trialEnd']));
    const ownerId = await ownerIdOf(test, person);
    const anchor = async () =>
      (
        await test.database.query<{ billing_anchor: Date | null }[]>(
          `select billing_anchor from assignment where owner_id = $1 and source = 'subscription' order by from_at desc`,
          [ownerId],
        )
      )[0]?.billing_anchor;
    expect(await anchor()).toBeNull();
    await test.moveClock(new Date(end.getTime() + 61_000));
    await settled(test, async () => (await subscriptionOf(person))['status'] === 'active');
    await workedOff(test);
    expect(await anchor()).toEqual(end);
    (await person.call.post('/v1/export')).expect(200);
  });

  it('sends people back to listed addresses only', async () => {
    const person = await register(test);
    const { appUrl } = test.config.http;
    const refused = await person.call.post('/v1/checkout', { ...PRO, successUrl: 'https://evil.example/' });
    expect(refused.expect(400).body['error']).toBe('return_url_refused');
    await test.sandbox.control.delete('/_control/requests');
    (
      await person.call.post('/v1/checkout', { ...PRO, successUrl: `${appUrl}/welcome?from=checkout` })
    ).expect(201);
    expect(JSON.stringify(await requestsTo(test))).toContain('/welcome?from=checkout');
  });

  it('FX-36 SB-37 opens the portal for the owner and the billing role only, and leads back to the settings', async () => {
    const [owner, biller, member] = [await register(test), await register(test), await register(test)];
    await buy(test, owner, PRO);
    const organizationId = await createOrganization(test, owner);
    await join(test, organizationId, biller, { role: 'billing' });
    await join(test, organizationId, member, { role: 'admin' });
    for (const caller of [owner.call, within(organizationId, biller)]) {
      const { url } = (await caller.post('/v1/portal')).expect(200).body;
      expect((await test.anonymous.get(String(url))).text).toContain(
        `${test.config.http.appUrl}/settings/billing`,
      );
    }
    (await within(organizationId, member).post('/v1/portal')).expect(403);
    (await within(organizationId, biller).post('/v1/checkout', PRO)).expect(403);
  });

  it('SB-18 C13 GO-03 creates no subscription directly while the provider sells by its own pages', async () => {
    const person = await register(test);
    await test.sandbox.control.delete('/_control/requests');
    const { body } = (await person.call.post('/v1/subscription', PRO)).expect(409);
    expect(body['error']).toBe('checkout_required');
    // Prices may be fetched meanwhile, by a job.
    expect((await requestsTo(test)).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('a page that was replaced and paid all the same is shown to staff', async () => {
    const person = await register(test);
    const support = await staffMember(test, 'support');
    const first = (await person.call.post('/v1/checkout', PRO)).expect(201).body;
    (await person.call.post('/v1/checkout', { ...PRO, interval: 'year' })).expect(201);
    const paid = (await test.sandbox.pay(String(first['url']))).status === 303;
    // Stripe closes pages; Polar's cannot be closed, so that one is paid.
    expect(paid).toBe(provider === 'polar');
    if (!paid) return;
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'pro');
    const { alerts } = (
      await support.get(`/staff/tenants/${await ownerIdOf(test, person)}/subscription`)
    ).expect(200).body['data'] as { alerts: { kind: string }[] };
    expect(alerts.map(({ kind }) => kind)).toContain('superseded_checkout_paid');
  });

  it('GO-45 GO-46 moves one owner to the other provider without a gap; the old one’s late events are harmless', async () => {
    const other = provider === 'polar' ? 'stripe' : 'polar';
    const [person, stays] = [await register(test), await register(test)];
    await buy(test, stays, PRO);
    await buy(test, person, PRO);
    const before = await subscriptionOf(person);
    const moved = await serveNode(test, other);
    try {
      const call = person.call.at(moved.url);
      const exists = (await call.post('/v1/checkout', PRO)).expect(409).body;
      expect(exists).toMatchObject({
        details: { switchProviderAt: '/v1/checkout', switchProviderWith: { switchProvider: true } },
      });
      const page = (await call.post('/v1/checkout', { ...PRO, switchProvider: true })).expect(201).body;
      (await person.call.post('/v1/export')).expect(200);
      (await test.sandbox.pay(String(page['url']))).expect(303);
      await settled(test, async () => (await subscriptionOf(person))['provider'] === other);
      (await person.call.post('/v1/export')).expect(200);
      const old = String(before['providerSubscriptionId']);
      await settled(test, async () => {
        const { cancel_at_period_end: atEnd, cancel_at: cancelAt } = (await subscriptionsAt(test))[old] ?? {};
        return atEnd === true || typeof cancelAt === 'number';
      });
      await happens(test, old, 'revoke');
      await test.sandbox.flush();
      await workedOff(test);
      expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', provider: other });
      (await person.call.post('/v1/export')).expect(200);
      expect(await subscriptionOf(stays)).toMatchObject({ plan: 'pro', provider });
      // Both are live for a while, but only one is to be renewed.
      const alerts = await test.database.query('select kind from billing_alert where owner_id = $1', [
        await ownerIdOf(test, person),
      ]);
      expect(alerts).toEqual([]);
    } finally {
      await moved.close();
    }
  });

  it('GO-46 days paid for elsewhere come along for what was paid only; what is more is charged', async () => {
    const other = provider === 'polar' ? 'stripe' : 'polar';
    const [same, more] = [await register(test), await register(test)];
    const team = { plan: 'team', interval: 'month', seats: 2 } as const;
    for (const person of [same, more]) await buy(test, person, team);
    const moved = await serveNode(test, other);
    const move = async (person: Person, wish: object): Promise<Record<string, unknown>> => {
      const call = person.call.at(moved.url);
      const page = (await call.post('/v1/checkout', { ...team, ...wish, switchProvider: true })).expect(201);
      (await test.sandbox.pay(String(page.body['url']))).expect(303);
      await settled(test, async () => (await subscriptionOf(person))['provider'] === other);
      return subscriptionOf(person);
    };
    try {
      const larger = await move(more, { plan: 'enterprise', seats: 900 });
      expect(larger).toMatchObject({ plan: 'enterprise', status: 'active' });
      expect(await paidFor(test, String(larger['providerSubscriptionId']))).toBe(900 * 6_000);
      const equal = await move(same, {});
      expect(equal).toMatchObject({ plan: 'team', status: 'trialing', seats: 2 });
      expect(await paidFor(test, String(equal['providerSubscriptionId']))).toBe(0);
      for (const raised of [{ seats: 3 }, { plan: 'enterprise' }, { interval: 'year' }])
        expect(
          (await same.call.post('/v1/subscription/change', { ...team, ...raised })).expect(409).body,
        ).toMatchObject({ error: 'prepaid_time', details: { until: equal['trialEnd'] } });
      (await same.call.post('/v1/subscription/change', { ...team, seats: 1 })).expect(202);
    } finally {
      await moved.close();
    }
  });

  it('GO-46 the old subscription is not renewed either when no event of the new one ever comes', async () => {
    const other = provider === 'polar' ? 'stripe' : 'polar';
    const person = await register(test);
    await buy(test, person, PRO);
    const old = String((await subscriptionOf(person))['providerSubscriptionId']);
    const moved = await serveNode(test, other);
    try {
      const wish = { ...PRO, switchProvider: true };
      const page = (await person.call.at(moved.url).post('/v1/checkout', wish)).expect(201).body;
      await holdEvents(test);
      (await test.sandbox.pay(String(page['url']))).expect(303);
      await reconciled(test, other);
      expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', provider: other });
      const { cancel_at_period_end: atEnd, cancel_at: cancelAt } = (await subscriptionsAt(test))[old] ?? {};
      expect(atEnd === true || typeof cancelAt === 'number').toBe(true);
    } finally {
      await holdEvents(test, false);
      await moved.close();
    }
  });

  it('SB-45 GO-32 staff end it at once, with a reason in the audit', async () => {
    const person = await register(test);
    await buy(test, person, PRO);
    const [billing, support] = [await staffMember(test, 'billing'), await staffMember(test, 'support')];
    const path = `/staff/tenants/${await ownerIdOf(test, person)}/subscription/life`;
    (await support.post(path, { what: 'revoke', reason: 'fraud, seen by hand' })).expect(403);
    (await billing.post(path, { what: 'revoke' })).expect(400);
    (await billing.post(path, { what: 'revoke', reason: 'fraud, seen by hand' })).expect(202);
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'free');
    (await person.call.post('/v1/export')).expect(403);
    const [row] = await test.database.query<{ reason: string; actor: string }[]>(
      `select reason, actor from audit_entry where action = 'subscription.revoke' and owner_id = $1`,
      [await ownerIdOf(test, person)],
    );
    expect(row).toMatchObject({ reason: 'fraud, seen by hand', actor: expect.stringMatching(/^staff:/) });
  });

  it('a subscription that existed before us is imported when staff say whose it is', async () => {
    const [person, owner] = [await register(test), await register(test)];
    const id = await pay(test, person, PRO);
    await test.sandbox.flush();
    await workedOff(test);
    const customerId = String((await subscriptionOf(person))['providerCustomerId']);
    // As if we had never heard of it: another database, and a customer without our owner id.
    await test.database.query('delete from provider_subscription where id = $1', [id]);
    await test.database.query('delete from provider_customer where customer_id = $1', [customerId]);
    const billing = await staffMember(test, 'billing');
    const path = `/staff/tenants/${await ownerIdOf(test, owner)}/customers`;
    const form = { provider, customerId, reason: 'they bought before we had Tollgate' };
    expect((await billing.post(path, form)).expect(202).body).toEqual({ imported: 1 });
    await settled(test, async () => (await subscriptionOf(owner))['plan'] === 'pro');
    const another = await register(test);
    (await another.call.post('/v1/checkout', PRO)).expect(201);
    const [theirs] = await test.database.query<{ id: string }[]>(
      'select customer_id as id from provider_customer where owner_id = $1',
      [await ownerIdOf(test, another)],
    );
    expect((await billing.post(path, { ...form, customerId: theirs?.id })).expect(409).body['error']).toBe(
      'customer_conflict',
    );
    await test.moveClock(new Date(Date.now() + 20 * DAY_MS));
  });
});
