import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Organizations, Portal } from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { happens, setOutage } from '../../support/sandbox-sales.js';
import { startNode } from '../../support/second-node.js';

const PRO = { plan: 'pro', interval: 'month' } as const;

describe.each(['polar', 'stripe'] as const)('a checkout through %s', (provider) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  const open = async (person: Person, wish: object) =>
    (await person.call.post('/v1/checkout', wish)).expect(201).body;
  const statesOf = ({ id }: Person) =>
    test.database.query<{ plan: string; interval: string; state: string }[]>(
      `select c.plan, c.interval, c.state from checkout c join billing_owner o on o.id = c.owner_id
       where o.user_id = $1 order by c.created_at, c.id`,
      [id],
    );
  const team = async (): Promise<{ owner: Person; member: Person; organizationId: string }> => {
    const [owner, member] = [await register(test), await register(test)];
    const organizations = test.app.get(Organizations);
    const organizationId = await test.app.get(TransactionRunner).run(async (tx) => {
      const [row] = await tx.query<{ id: string }[]>('select id from billing_owner where user_id = $1', [
        owner.id,
      ]);
      const id = await organizations.create(tx, {
        name: 'Team',
        userId: owner.id,
        billingOwnerId: row?.id ?? '',
      });
      await organizations.addMember(tx, { organizationId: id, userId: member.id, role: 'admin' });
      return id;
    });
    return { owner, member, organizationId };
  };

  it('is the same for the same wish, and another wish closes it', async () => {
    const person = await register(test);
    const first = await open(person, PRO);
    expect(await open(person, PRO)).toEqual(first);
    const second = await open(person, { plan: 'pro', interval: 'year' });
    expect(second['url']).not.toBe(first['url']);
    expect(await statesOf(person)).toEqual([
      { plan: 'pro', interval: 'month', state: 'superseded' },
      { plan: 'pro', interval: 'year', state: 'open' },
    ]);
    // Stripe lets us close a page; Polar's expires by itself.
    const late = (await test.sandbox.pay(String(first['url']))).status;
    expect(late === 303).toBe(provider === 'polar');
  });

  it('is another one for other seats, and never for fewer than are taken', async () => {
    const { owner } = await team();
    const two = await open(owner, { plan: 'team', interval: 'month' });
    expect(await open(owner, { plan: 'team', interval: 'month', seats: 2 })).toEqual(two);
    expect((await open(owner, { plan: 'team', interval: 'month', seats: 3 }))['url']).not.toBe(two['url']);
    const few = (await owner.call.post('/v1/checkout', { plan: 'team', interval: 'month', seats: 1 })).expect(
      400,
    );
    expect(few.body).toMatchObject({ error: 'seats_invalid', details: { taken: 2 } });
    const none = (await owner.call.post('/v1/checkout', { ...PRO, seats: 2 })).expect(400);
    expect(none.body['error']).toBe('seats_invalid');
    const many = (
      await owner.call.post('/v1/checkout', { plan: 'team', interval: 'month', seats: 101 })
    ).expect(400);
    expect(many.body).toMatchObject({ error: 'seats_invalid', details: { most: 100 } });
    for (const seats of [0, -1, 1.5, 1_001, '3', 2 ** 53])
      (await owner.call.post('/v1/checkout', { plan: 'team', interval: 'month', seats })).expect(400);
  });

  it('is for the billing owner in person: no key, no other member, nobody unknown', async () => {
    const { owner, member, organizationId } = await team();
    const key = (await owner.call.post('/v1/api-keys', { name: 'robot' })).expect(201).body['key'];
    const robot = test.anonymous.with({ authorization: `Bearer ${String(key)}` });
    const inTeam = member.call.with({ 'tollgate-organization': organizationId });
    for (const path of ['/v1/checkout', '/v1/portal']) {
      const body = path === '/v1/checkout' ? PRO : {};
      expect((await robot.post(path, body)).expect(403).body['error']).toBe('user_required');
      expect((await inTeam.post(path, body)).expect(403).body['error']).toBe('billing_owner_only');
      (await test.anonymous.post(path, body)).expect(401);
    }
    (await owner.call.with({ 'tollgate-organization': organizationId }).post('/v1/checkout', PRO)).expect(
      201,
    );
  });

  it('SB-02 SB-04 changes nothing by its success redirect, whatever the address says', async () => {
    const person = await register(test);
    const { id } = await open(person, PRO);
    const before = await subscriptionOf(person);
    const forged = new URLSearchParams({
      checkout_id: String(id),
      session_id: String(id),
      customer_session_token: 'forged',
      status: 'succeeded',
      plan: 'enterprise',
      owner_id: person.id,
    });
    for (const query of ['', `?${forged.toString()}`]) {
      (await person.call.get(`/checkout/done${query}`)).expect(200);
      (await person.call.post(`/checkout/done${query}`)).expect(404);
      (await person.call.post('/v1/export')).expect(403);
    }
    expect(await subscriptionOf(person)).toEqual(before);
    expect(await statesOf(person)).toMatchObject([{ state: 'open' }]);
  });

  it('GO-14 SB-17 SB-25 opens the gate with the webhook, at the very next check', async () => {
    const person = await register(test);
    (await test.sandbox.control.put('/_control/webhooks', { drop: 1 })).expect(200);
    const { url } = await open(person, PRO);
    (await test.sandbox.pay(String(url))).expect(303);
    await test.sandbox.flush();
    (await person.call.post('/v1/export')).expect(403);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    const { body } = await test.sandbox.control.get('/_control/webhooks');
    const events = body['events'] as { id: string; type: string }[];
    const created = events.findLast(({ type }) => type.endsWith('subscription.created'));
    (await test.sandbox.control.post(`/_control/webhooks/${created?.id}/replay`)).expect(200);
    (await test.sandbox.control.put('/_control/webhooks', { drop: 0 })).expect(200);
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'pro');
    (await person.call.post('/v1/export')).expect(200);
  });

  it('is refused while a paid subscription is live, with the way to change the plan', async () => {
    const person = await register(test);
    await buy(test, person, PRO);
    const again = (await person.call.post('/v1/checkout', { plan: 'enterprise', interval: 'year' })).expect(
      409,
    );
    expect(again.body).toMatchObject({
      error: 'subscription_exists',
      details: { plan: 'pro', changePlanAt: '/v1/subscription/change' },
    });
    const { providerSubscriptionId } = await subscriptionOf(person);
    await happens(test, String(providerSubscriptionId), 'revoke');
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'free');
    await open(person, PRO);
  });

  it('answers 503 while the provider is down, and everything else goes on', async () => {
    const person = await register(test);
    await setOutage(test, provider, 'error');
    const answer = (await person.call.post('/v1/checkout', PRO)).expect(503);
    expect(answer.body['error']).toBe('provider_unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    (await person.call.post('/v1/workflows', { name: 'meanwhile' })).expect(201);
    (await person.call.get('/v1/entitlements')).expect(200);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free' });
    await setOutage(test, provider, 'none');
    await open(person, PRO);
  });

  describe('and the portal', () => {
    it('has nothing to show before anything was bought: 409', async () => {
      const person = await register(test);
      const { body } = (await person.call.post('/v1/portal')).expect(409);
      expect(body).toMatchObject({ error: 'nothing_bought', details: { checkoutAt: '/v1/checkout' } });
    });

    it('opens for a buyer and leads back to the settings; 503 while the provider is down', async () => {
      const person = await register(test);
      await buy(test, person, PRO);
      const { url } = (await person.call.post('/v1/portal')).expect(200).body;
      const page = (await test.anonymous.get(String(url))).expect(200);
      expect(page.text).toContain(`${test.config.http.appUrl}/settings/billing`);
      (await test.anonymous.get('/settings/billing')).expect(200);
      await setOutage(test, provider, 'down');
      expect((await person.call.post('/v1/portal')).expect(503).body['error']).toBe('provider_unavailable');
      await setOutage(test, provider, 'none');
    });

    it('still opens where the last subscription was bought, even when another provider sells now', async () => {
      const person = await register(test);
      await buy(test, person, PRO);
      const { providerSubscriptionId, providerCustomerId } = await subscriptionOf(person);
      await happens(test, String(providerSubscriptionId), 'revoke');
      await settled(test, async () => (await subscriptionOf(person))['plan'] === 'free');
      (await person.call.post('/v1/portal')).expect(200);
      const other = provider === 'polar' ? 'stripe' : 'polar';
      const node = await startNode(test, { runsWork: false, selling: other });
      try {
        const [row] = await test.database.query<{ id: string }[]>(
          'select owner_id as id from provider_customer where customer_id = $1',
          [providerCustomerId],
        );
        const { url } = await node.get(Portal).open(row?.id ?? '');
        (await test.anonymous.get(url)).expect(200);
      } finally {
        await node.close();
      }
    });
  });
});
