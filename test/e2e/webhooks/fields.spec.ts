import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Provider } from '../../support/deliveries.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { happens, stripMetadata, subscriptionsAt } from '../../support/sandbox-sales.js';

type Row = Readonly<Record<string, unknown>>;

/** What our row must hold, read from the provider's own object without any code of ours. */
const EXPECTED: Record<Provider, (there: Row) => Row> = {
  polar: (there) => ({
    status: there['status'],
    provider_customer_id: there['customer_id'],
    provider_subscription_id: there['id'],
    current_period_start: new Date(String(there['current_period_start'])),
    current_period_end: new Date(String(there['current_period_end'])),
    cancel_at: typeof there['ends_at'] === 'string' ? new Date(there['ends_at']) : null,
    amount: String(there['amount']),
    currency: there['currency'],
    interval: there['recurring_interval'],
    seats: there['seats'],
  }),
  stripe: (there) => {
    const { data } = there['items'] as {
      data: {
        quantity: number;
        current_period_start: number;
        current_period_end: number;
        price: { unit_amount: number; currency: string; recurring: { interval: string } };
      }[];
    };
    const [item] = data;
    if (!item) throw new Error('a subscription without an item');
    return {
      status: there['status'],
      provider_customer_id: there['customer'],
      provider_subscription_id: there['id'],
      current_period_start: new Date(item.current_period_start * 1000),
      current_period_end: new Date(item.current_period_end * 1000),
      cancel_at: there['cancel_at'] === null ? null : new Date(Number(there['cancel_at']) * 1000),
      amount: String(item.price.unit_amount * item.quantity),
      currency: item.price.currency,
      interval: item.price.recurring.interval,
      seats: item.quantity,
    };
  },
};

describe.each(['polar', 'stripe'] as const)('the row of a subscription bought through %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    await stripMetadata(test);
    person = await register(test);
  });
  afterAll(() => test.close());

  const row = async (): Promise<Row> => {
    const [found] = await test.database.query<Row[]>(
      `select s.* from subscription s join billing_owner o on o.id = s.owner_id where o.user_id = $1`,
      [person.id],
    );
    if (!found) throw new Error('no row');
    return found;
  };
  const there = async (): Promise<Row> =>
    (await subscriptionsAt(test))[String((await row())['provider_subscription_id'])] ?? {};

  it('SB-01 knows plan and owner without a single metadata key at the provider', async () => {
    await buy(test, person, { plan: 'team', interval: 'year', seats: 3 });
    const [{ rule }] = await test.database.query<[{ rule: string }]>(
      'select plan_rule as rule from provider_subscription',
    );
    expect(rule).toBe(provider === 'polar' ? 'mapped_product' : 'mapped_price');
    (await person.call.post('/v1/export')).expect(200);
    (await person.call.post('/v1/workflows', { name: 'the first of a hundred' })).expect(201);
  });

  it('SB-12 equals the provider object field by field', async () => {
    expect(await row()).toMatchObject({ plan: 'team', provider, ...EXPECTED[provider](await there()) });
  });

  it('GO-43 has ids, period end, amount, currency and interval filled in', async () => {
    const { provider_customer_id, provider_subscription_id, current_period_end, ...money } = await row();
    expect([provider_customer_id, provider_subscription_id]).not.toContain(null);
    expect(current_period_end).toBeInstanceOf(Date);
    expect(money).toMatchObject({ amount: '90000', currency: 'usd', interval: 'year' });
  });

  it('SB-12 still equals it after a scheduled cancellation', async () => {
    await happens(test, String((await row())['provider_subscription_id']), 'cancel');
    await settled(test, async () => (await subscriptionOf(person))['cancelAt'] !== null);
    expect(await row()).toMatchObject(EXPECTED[provider](await there()));
  });
});
