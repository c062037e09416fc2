import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sellable } from '../options.js';
import { buyPolar, buyStripe } from '../testing/buyers.js';
import { startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

/** The plan of the book: one product with a price by the month and one by the year. */
const PRO_PLAN: Omit<Sellable, 'key' | 'amount' | 'interval' | 'polarProductId' | 'stripePriceId'> = {
  name: 'Pro Plan',
  plan: 'pro',
  currency: 'usd',
  perSeat: false,
  stripeProductId: 'prod_pro_plan',
  metadata: { plan: 'pro' },
};

describe('SB-09 what providers sell: a product with many prices, one of which a subscription uses', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({
      catalog: [
        {
          ...PRO_PLAN,
          key: 'pro_monthly',
          amount: 9_900,
          interval: 'month',
          polarProductId: 'polar_pro_month',
          stripePriceId: 'price_pro_month',
        },
        {
          ...PRO_PLAN,
          key: 'pro_yearly',
          amount: 99_900,
          interval: 'year',
          polarProductId: 'polar_pro_year',
          stripePriceId: 'price_pro_year',
        },
      ],
    });
  });
  afterAll(() => sandbox.close());

  it('SB-09 Stripe has one “Pro Plan” for $99 a month and $999 a year, and a subscription names one of the two', async () => {
    const { stripe } = sandbox;
    const { data: products } = await stripe.products.list({ active: true });
    expect(products).toMatchObject([{ id: 'prod_pro_plan', name: 'Pro Plan', object: 'product' }]);
    const { data: prices } = await stripe.prices.list({ product: 'prod_pro_plan' });
    const told = prices.map(({ id, unit_amount, currency, recurring }) => [
      id,
      unit_amount,
      currency,
      recurring?.interval,
    ]);
    expect(new Set(told)).toEqual(
      new Set([
        ['price_pro_month', 9_900, 'usd', 'month'],
        ['price_pro_year', 99_900, 'usd', 'year'],
      ]),
    );
    for (const { id } of prices) {
      const { subscription } = await buyStripe(sandbox, id);
      expect(subscription.items.data.map(({ price }) => [price.id, price.product])).toEqual([
        [id, 'prod_pro_plan'],
      ]);
    }
    // A price more is one of the same product, and is subscribed to like the others.
    const dearer = await stripe.prices.create({
      product: 'prod_pro_plan',
      unit_amount: 12_900,
      currency: 'usd',
      recurring: { interval: 'month' },
    });
    const { subscription } = await buyStripe(sandbox, dearer.id);
    expect(subscription.items.data[0]?.price).toMatchObject({ id: dearer.id, product: 'prod_pro_plan' });
    expect((await stripe.prices.list({ product: 'prod_pro_plan' })).data).toHaveLength(3);
  });

  it('SB-09 Polar keeps the interval on the product: one “Pro Plan” for $99 a month, one for $999 a year', async () => {
    const { items: products } = await sandbox.polar.products.list({ is_archived: false });
    const told = products.map(({ id, name, recurring_interval, prices }) => [
      id,
      name,
      recurring_interval,
      prices.map((price) => 'price_amount' in price && price.price_amount),
    ]);
    expect(new Set(told)).toEqual(
      new Set([
        ['polar_pro_month', 'Pro Plan', 'month', [9_900]],
        ['polar_pro_year', 'Pro Plan', 'year', [99_900]],
      ]),
    );
    for (const product of products) {
      const { subscription } = await buyPolar(sandbox, product.id);
      expect(subscription).toMatchObject({
        product_id: product.id,
        recurring_interval: product.recurring_interval,
        prices: [{ id: product.prices[0]?.id }],
      });
    }
  });

  it('SB-09 a product of Polar has many prices as well, one for each currency', async () => {
    const product = await sandbox.polar.products.update('polar_pro_month', {
      prices: [
        { amount_type: 'fixed', price_amount: 9_900, price_currency: 'usd' },
        { amount_type: 'fixed', price_amount: 8_900, price_currency: 'eur' },
      ],
    });
    expect(product.prices).toHaveLength(2);
    const { subscription } = await buyPolar(sandbox, product.id, { currency: 'eur' });
    const [used] = subscription.prices;
    expect(product.prices.map(({ id }) => id)).toContain(used?.id);
    expect(subscription).toMatchObject({ amount: 8_900, currency: 'eur', product_id: product.id });
  });
});
