import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ProviderSubscription, ProviderRegistry } from '@tollgate/billing';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { workedOff } from '../../support/sandbox-events.js';
import { pay, stripMetadata } from '../../support/sandbox-sales.js';
import { staffMember } from '../../support/staff.js';

describe.each(['polar', 'stripe'] as const)('what was bought at %s is recognised', (provider) => {
  let test: TestApp;
  let admin: Caller;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    admin = await staffMember(test, 'admin');
    await stripMetadata(test);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => test.close());

  const idOf = (key: string): string => {
    const offer = SANDBOX_CATALOG.find((one) => one.key === key);
    return (provider === 'polar' ? offer?.polarProductId : offer?.stripePriceId) ?? '';
  };
  const unmap = (key: string) =>
    test.database.query('delete from price_map where external_id = $1', [idOf(key)]);
  /** The provider tells everything but what is changed here. */
  const telling = (changes: Partial<ProviderSubscription>): void => {
    const adapter = test.app.get(ProviderRegistry).get(provider);
    const fetch = adapter.fetchSubscription.bind(adapter);
    jest.spyOn(adapter, 'fetchSubscription').mockImplementation(async (id) => {
      const fetched = await fetch(id);
      return fetched && { ...fetched, ...changes };
    });
  };
  const ruleOf = async (id: string): Promise<string | undefined> => {
    const [row] = await test.database.query<{ plan_rule: string }[]>(
      'select plan_rule from provider_subscription where id = $1',
      [id],
    );
    return row?.plan_rule;
  };
  const bought = async (
    person: Person,
    changes: Partial<ProviderSubscription>,
  ): Promise<string | undefined> => {
    const id = await pay(test, person, { plan: 'pro', interval: 'month' });
    await unmap('pro_monthly');
    telling(changes);
    await test.sandbox.flush();
    await workedOff(test);
    const rule = await ruleOf(id);
    await test.database.query(
      `insert into price_map (provider, external_id, plan, interval, for_sale, source, created_at)
       values ($1, $2, 'pro', 'month', true, 'environment', $3) on conflict do nothing`,
      [provider, idOf('pro_monthly'), new Date()],
    );
    return rule;
  };
  const NOTHING = { productMetadata: {}, slugs: [], unitPrice: null } as const;
  const usd = (amount: bigint) => ({ amount, currency: 'usd' });

  it('SB-01 by its mapped id alone: with every metadata key stripped, decisions are the same', async () => {
    const person = await register(test);
    const id = await pay(test, person, { plan: 'pro', interval: 'month' });
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'pro');
    expect(await ruleOf(id)).toMatch(/^mapped_/);
    (await person.call.post('/v1/export')).expect(200);
  });

  it.each<[string, Partial<ProviderSubscription>, string]>([
    ['FX-39 by metadata', { ...NOTHING, productMetadata: { tier: 'pro' } }, 'metadata'],
    ['FX-40 by a slug', { ...NOTHING, slugs: ['fluxo-pro-monthly'] }, 'slug'],
    [
      'FX-41 FX-42 by its amount, and the row says by which rule',
      { ...NOTHING, unitPrice: usd(9_900n) },
      'amount',
    ],
  ])('%s', async (_, changes, rule) => {
    const person = await register(test);
    expect(await bought(person, changes)).toBe(rule);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro' });
  });

  it('FX-41 SB-03 not at all when nothing tells: no upgrade, an alert, and a mapping made by staff heals it by itself', async () => {
    const person = await register(test);
    const id = await pay(test, person, { plan: 'team', interval: 'month' });
    await unmap('team_monthly');
    telling({ ...NOTHING, unitPrice: usd(777n) });
    await test.sandbox.flush();
    await workedOff(test);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    const alerts = async (): Promise<{ subject: string }[]> =>
      (await admin.get('/staff/alerts?limit=100')).expect(200).body['data'] as { subject: string }[];
    expect(await alerts()).toContainEqual(
      expect.objectContaining({ kind: 'event_quarantined', subject: `${provider}:${id}` }),
    );

    const form = { plan: 'team', interval: 'month', forSale: true, reason: 'a new price of ours' };
    const path = `/staff/prices/${provider}/${idOf('team_monthly')}`;
    const viewer = await staffMember(test, 'viewer');
    (await viewer.put(path, form)).expect(403);
    (await admin.put(path, { ...form, plan: 'platinum' })).expect(400);
    const { released } = (await admin.put(path, form)).expect(200).body['data'] as { released: number };
    expect(released).toBeGreaterThan(0);
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'team');
    expect((await alerts()).map(({ subject }) => subject)).not.toContain(`${provider}:${id}`);
    const [audit] = await test.database.query<{ reason: string }[]>(
      `select reason from audit_entry where action = 'price.mapped' order by at desc limit 1`,
    );
    expect(audit?.reason).toBe('a new price of ours');
  });

  it('SB-11 SB-53 by two prices of one plan', async () => {
    const legacy = provider === 'polar' ? '70114a7e-0000-4000-8000-00000000ff01' : 'price_pro_legacy';
    const form = { plan: 'pro', interval: 'month', reason: 'kept for old customers' };
    (await admin.put(`/staff/prices/${provider}/${legacy}`, form)).expect(200);
    const { data } = (await admin.get('/staff/prices')).expect(200).body as {
      data: { externalId: string; plan: string; forSale: boolean; provider: string }[];
    };
    const ofPro = data.filter((row) => row.provider === provider && row.plan === 'pro');
    expect(ofPro.map(({ externalId }) => externalId)).toEqual(
      expect.arrayContaining([legacy, idOf('pro_monthly'), idOf('pro_yearly')]),
    );
    const person = await register(test);
    telling({ ...NOTHING, priceId: legacy, productId: legacy, priceRef: legacy });
    await pay(test, person, { plan: 'pro', interval: 'month' });
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'pro');
  });

  it('SB-53 by one price for each plan and interval, however many staff put on sale at once', async () => {
    const form = { plan: 'enterprise', interval: 'year', forSale: true, reason: 'two of us at once' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => admin.put(`/staff/prices/${provider}/price_${index}`, form)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { data } = (await admin.get('/staff/prices')).expect(200).body as {
      data: { plan: string; interval: string; forSale: boolean; provider: string }[];
    };
    const sold = data.filter((row) => row.forSale && row.plan === 'enterprise' && row.interval === 'year');
    expect(sold.filter((row) => row.provider === provider)).toHaveLength(1);
  });
});
