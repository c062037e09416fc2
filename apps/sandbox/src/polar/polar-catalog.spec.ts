import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { errors } from '@polar-sh/sdk/2026-10';
import { buyPolar, moneyOf } from '../testing/buyers.js';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('Polar’s catalog, seats, meters and refunds, through the real SDK', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.forget());

  const types = (): Promise<string[]> => sandbox.typesAt(sandbox.polarEndpoint);

  it('sells one product in several currencies, and changes plans only within one', async () => {
    const product = await sandbox.polar.products.create({
      name: 'Studio',
      recurring_interval: 'month',
      metadata: { plan: 'studio' },
      prices: [
        { amount_type: 'fixed', price_amount: 5000, price_currency: 'usd' },
        { amount_type: 'fixed', price_amount: 4500, price_currency: 'eur' },
      ],
    });
    const { items } = await sandbox.polar.products.list({ metadata: { plan: 'studio' } });
    expect(items.map((one) => one.id)).toEqual([product.id]);
    const { subscription } = await buyPolar(sandbox, product.id, { currency: 'eur' });
    expect(subscription).toMatchObject({
      currency: 'eur',
      amount: 4500,
      prices: [{ price_currency: 'eur' }],
    });
    await expect(
      sandbox.polar.subscriptions.update(subscription.id, { product_id: 'polar_pro_monthly' }),
    ).rejects.toBeInstanceOf(errors.HTTPValidationError);
    await expect(
      sandbox.polar.checkouts.create({ products: [product.id], currency: 'jpy' }),
    ).rejects.toBeInstanceOf(errors.HTTPValidationError);
  });

  it('keeps prices named by id, adds new ones, and lets subscribers keep what they pay', async () => {
    const product = await sandbox.polar.products.create({
      name: 'Grandfather',
      recurring_interval: 'month',
      prices: [{ amount_type: 'fixed', price_amount: 1000 }],
    });
    const { subscription } = await buyPolar(sandbox, product.id);
    const dearer = await sandbox.polar.products.update(product.id, {
      prices: [{ amount_type: 'fixed', price_amount: 2000 }],
    });
    expect(dearer.prices).toMatchObject([{ price_amount: 2000 }]);
    await sandbox.polar.products.update(product.id, { prices: [{ id: dearer.prices[0]?.id ?? '' }] });
    const kept = await sandbox.polar.subscriptions.get(subscription.id);
    expect(kept).toMatchObject({ amount: 1000, prices: [{ price_amount: 1000 }] });
    await sandbox.polar.products.update(product.id, { is_archived: true });
    await expect(sandbox.polar.checkouts.create({ products: [product.id] })).rejects.toBeInstanceOf(
      errors.HTTPValidationError,
    );
    expect(await types()).toContain('product.updated');
  });

  it('refuses prices that contradict each other, unknown meters and tiers with holes', async () => {
    const create = (prices: object[]) =>
      fetch(`${sandbox.url}/polar/v1/products/`, {
        method: 'POST',
        headers: { authorization: 'Bearer polar_oat_test', 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Odd', recurring_interval: 'month', prices }),
      });
    const fixed = { amount_type: 'fixed', price_amount: 100 };
    const tiers = (list: object[]) => ({ amount_type: 'seat_based', seat_tiers: { tiers: list } });
    for (const prices of [
      [],
      [fixed, fixed],
      [{ amount_type: 'metered_unit', meter_id: 'none', unit_amount: 1 }],
      [
        tiers([
          { min_seats: 1, max_seats: 3, price_per_seat: 1 },
          { min_seats: 5, price_per_seat: 1 },
        ]),
      ],
      [{ amount_type: 'nonsense' }],
    ]) {
      expect((await create(prices)).status).toBe(422);
    }
  });

  it('filters and sorts subscriptions', async () => {
    const first = await buyPolar(sandbox, 'polar_pro_monthly', { metadata: { owner: 'one' } });
    const second = await buyPolar(sandbox, 'polar_pro_yearly');
    await sandbox.polar.subscriptions.update(second.subscription.id, { cancel_at_period_end: true });
    const { list } = sandbox.polar.subscriptions;
    const both = { customer_id: [first.customerId, second.customerId] };
    const ids = async (query: Parameters<typeof list>[0]) =>
      (await list({ ...both, ...query })).items.map((one) => one.id);
    const [one, two] = [first.subscription.id, second.subscription.id];
    expect(await ids({ sorting: ['amount'] })).toEqual([one, two]);
    expect(await ids({ sorting: ['-amount'] })).toEqual([two, one]);
    expect(await ids({ metadata: { owner: 'one' } })).toEqual([one]);
    expect(await ids({ cancel_at_period_end: true })).toEqual([two]);
    expect(await ids({ canceled_at_after: '2020-01-01T00:00:00Z' })).toEqual([two]);
    expect(await ids({ canceled_at_before: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await ids({ product_id: ['polar_pro_yearly'], status: ['active', 'trialing'] })).toEqual([two]);
    expect(await ids({ active: false })).toEqual([]);
    expect(await ids({ started_before: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('lowers no seats below those assigned, nor under or over the tiers', async () => {
    const product = await sandbox.polar.products.create({
      name: 'Crew',
      recurring_interval: 'month',
      prices: [
        {
          amount_type: 'seat_based',
          seat_tiers: { tiers: [{ min_seats: 2, max_seats: 10, price_per_seat: 500 }] },
        },
      ],
    });
    const { subscription } = await buyPolar(sandbox, product.id, { seats: 4 });
    const seats = (count: number) => sandbox.polar.subscriptions.update(subscription.id, { seats: count });
    await expect(seats(1)).rejects.toBeInstanceOf(errors.HTTPValidationError);
    await expect(seats(11)).rejects.toBeInstanceOf(errors.HTTPValidationError);
    const assigned = [];
    for (const name of ['a', 'b', 'c']) {
      const wish = { subscription_id: subscription.id, email: `${name}@example.com`, immediate_claim: true };
      assigned.push(await sandbox.polar.customerSeats.assignSeat(wish));
    }
    await expect(seats(2)).rejects.toBeInstanceOf(errors.HTTPValidationError);
    expect(await sandbox.polar.customerSeats.listSeats({ subscription_id: subscription.id })).toMatchObject({
      total_seats: 4,
      available_seats: 1,
    });
    await sandbox.polar.customerSeats.revokeSeat(assigned[0]?.id ?? '');
    expect(await seats(2)).toMatchObject({ seats: 2, amount: 1000 });
    await expect(sandbox.polar.checkouts.create({ products: [product.id], seats: 1 })).rejects.toBeInstanceOf(
      errors.HTTPValidationError,
    );
  });

  it('counts usage by meters, for a customer who came later too, and never refuses it', async () => {
    const meter = await sandbox.polar.meters.create({
      name: 'Executions',
      filter: { conjunction: 'and', clauses: [{ property: 'name', operator: 'eq', value: 'execution' }] },
      aggregation: { func: 'sum', property: 'units' },
    });
    const event = (id: string, units: number) => ({
      name: 'execution',
      external_customer_id: 'metered-owner',
      external_id: id,
      metadata: { units },
    });
    await sandbox.polar.events.ingest({ events: [event('m1', 3), event('m2', 4), event('m1', 3)] });
    const customer = await sandbox.polar.customers.create({
      email: 'metered@example.com',
      external_id: 'metered-owner',
    });
    const { items } = await sandbox.polar.customerMeters.list({ external_customer_id: 'metered-owner' });
    expect(items).toMatchObject([{ meter_id: meter.id, consumed_units: 7, balance: -7 }]);
    expect((await sandbox.polar.customers.getState(customer.id)).active_meters).toMatchObject([
      { meter_id: meter.id, consumed_units: 7 },
    ]);
  });

  it('upgrades a free subscription through a checkout, and no other', async () => {
    const free = await sandbox.polar.products.create({
      name: 'Free',
      recurring_interval: 'month',
      prices: [{ amount_type: 'fixed', price_amount: 0 }],
    });
    const customer = await sandbox.polar.customers.create({ email: 'free@example.com' });
    const begun = await sandbox.polar.subscriptions.create({ product_id: free.id, customer_id: customer.id });
    await expect(
      sandbox.polar.subscriptions.create({ product_id: 'polar_pro_monthly', customer_id: customer.id }),
    ).rejects.toBeInstanceOf(errors.HTTPValidationError);
    const upgrade = (id: string) =>
      sandbox.polar.checkouts.create({
        products: ['polar_pro_monthly'],
        customer_id: customer.id,
        subscription_id: id,
      });
    const checkout = await upgrade(begun.id);
    expect((await sandbox.control('POST', `/checkouts/${checkout.id}/pay`)).status).toBe(200);
    expect((await sandbox.polar.subscriptions.get(begun.id)).status).toBe('canceled');
    const { items } = await sandbox.polar.subscriptions.list({ customer_id: customer.id, active: true });
    expect(items).toMatchObject([{ product_id: 'polar_pro_monthly' }]);
    await expect(upgrade(items[0]?.id ?? '')).rejects.toMatchObject({
      error: { detail: [{ msg: 'Only free subscriptions can be upgraded.' }] },
    });
  });

  it('refuses a checkout whose card does not pay, until it does', async () => {
    const customer = await sandbox.polar.customers.create({ email: 'declined@example.com' });
    await sandbox.control('POST', `/customers/${customer.id}/fail-payments`, { times: 1 });
    const checkout = await sandbox.polar.checkouts.create({
      products: ['polar_pro_monthly'],
      customer_id: customer.id,
    });
    expect((await sandbox.control('POST', `/checkouts/${checkout.id}/pay`)).status).toBe(402);
    expect((await sandbox.control('POST', `/checkouts/${checkout.id}/pay`)).status).toBe(200);
  });

  it('refunds and disputes without ending anything', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_pro_monthly');
    await sandbox.forget();
    await sandbox.control('POST', `/subscriptions/${subscription.id}/refund`, { amount: 4000 });
    expect(await types()).toEqual(['refund.created', 'order.updated', 'order.refunded']);
    const { items } = await sandbox.polar.orders.list({ subscription_id: subscription.id });
    expect(items[0]).toMatchObject({ status: 'partially_refunded', refunded_amount: 4000 });
    await sandbox.control('POST', `/subscriptions/${subscription.id}/dispute`);
    const refunds = await sandbox.polar.refunds.list({ subscription_id: subscription.id });
    expect(refunds.items[1]).toMatchObject({ amount: 5900, dispute: { status: 'prevented' } });
    expect((await sandbox.control('POST', `/subscriptions/${subscription.id}/refund`)).status).toBe(409);
    expect((await sandbox.polar.subscriptions.get(subscription.id)).status).toBe('active');
    expect(await moneyOf(sandbox, subscription.id)).toEqual({
      charge_usd: 9900,
      refund_usd: 4000,
      dispute_usd: 5900,
    });
  });

  it('renews from 31 January on the last day of each shorter month', async () => {
    await sandbox.travel('2028-01-31T12:00:00Z');
    const { subscription } = await buyPolar(sandbox, 'polar_pro_monthly');
    const ends = [subscription.current_period_end];
    for (let turn = 0; turn < 3; turn += 1) {
      await sandbox.travel(after(ends.at(-1) ?? '', 0));
      ends.push((await sandbox.polar.subscriptions.get(subscription.id)).current_period_end);
    }
    expect(ends.map((end) => end.slice(0, 10))).toEqual([
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
    ]);
  });
});
