import { describe, expect, it } from '@jest/globals';
import { fixture } from '../../../../../test/fixtures/providers/read-fixture.js';
import { toStripeSubscription } from './stripe-subscription.mapper.js';

const PRESENT = 'stripe/subscription-2026-10-28.endive';
const OLDER = 'stripe/subscription-2024-06-20';
const START = 1_761_898_530;
const after = (seconds: number): Date => new Date((START + seconds) * 1000);

describe('a Stripe subscription', () => {
  it('is read from the present shape: period on the plan item, which is not the first item', () => {
    expect(toStripeSubscription(fixture(PRESENT))).toEqual({
      provider: 'stripe',
      id: 'sub_1Endive',
      customerId: 'cus_1',
      ownerRef: 'owner-1',
      status: 'active',
      rawStatus: 'active',
      productId: 'prod_pro',
      priceId: 'price_pro_monthly',
      productMetadata: { plan: 'pro', internal_plan_id: 'plan_pro' },
      currentPeriodStart: after(0),
      currentPeriodEnd: after(30 * 86_400),
      trialEnd: null,
      cancelAt: null,
      canceledAt: null,
      endedAt: null,
      pastDueSince: null,
      startedAt: after(0),
      seats: 3,
      price: { amount: 29_700n, currency: 'usd' },
      interval: 'month',
      modifiedAt: null,
      livemode: false,
    });
  });

  it('is read from the older shape: period on the subscription, nothing expanded', () => {
    expect(toStripeSubscription(fixture(OLDER))).toMatchObject({
      customerId: 'cus_1',
      ownerRef: null,
      status: 'trialing',
      productId: 'prod_pro',
      priceId: 'price_pro_yearly',
      productMetadata: {},
      currentPeriodStart: after(0),
      currentPeriodEnd: after(365 * 86_400),
      cancelAt: after(365 * 86_400),
      canceledAt: after(100),
      trialEnd: after(14 * 86_400),
      seats: 1,
      price: { amount: 99_900n, currency: 'usd' },
      interval: 'year',
      livemode: true,
    });
  });

  it('has a scheduled cancel when the portal sets only `cancel_at`', () => {
    const cancelAt = START + 3600;
    expect(toStripeSubscription(fixture(PRESENT, { cancel_at: cancelAt }))?.cancelAt).toEqual(after(3600));
  });

  it('names no owner from its own metadata, which whoever made the checkout wrote', () => {
    const deleted = { customer: { id: 'cus_1', object: 'customer', deleted: true } };
    expect(toStripeSubscription(fixture(PRESENT, deleted))?.ownerRef).toBeNull();
  });

  it.each([
    ['cancelled', 'canceled'],
    ['unpaid', 'unpaid'],
    ['dormant', null],
  ])('says of status %s: %s', (word, status) => {
    expect(toStripeSubscription(fixture(PRESENT, { status: word }))).toMatchObject({
      status,
      rawStatus: word,
    });
  });

  it('has no plan item when everything on it is metered', () => {
    const metered = { price: { id: 'price_usage', recurring: { interval: 'month', usage_type: 'metered' } } };
    expect(toStripeSubscription(fixture(PRESENT, { items: { data: [metered] } }))).toMatchObject({
      priceId: null,
      productId: null,
      price: null,
      interval: null,
      currentPeriodEnd: null,
    });
  });

  it.each([['id'], ['status'], ['customer']])('is null without %s', (key) => {
    expect(toStripeSubscription(fixture(PRESENT, { [key]: undefined }))).toBeNull();
  });

  it.each([
    ['amounts', { unit_amount: 9.5 }],
    ['currency', { currency: 'dollars' }],
    ['tiered prices', { unit_amount: null }],
  ])('has no price when it cannot be told exactly: %s', (_name, changes) => {
    const recurring = { interval: 'month', interval_count: 1 };
    const price = {
      id: 'price_x',
      currency: 'usd',
      unit_amount: 100,
      product: 'prod_x',
      recurring,
      ...changes,
    };
    expect(
      toStripeSubscription(fixture(PRESENT, { items: { data: [{ price, quantity: 1 }] } }))?.price,
    ).toBeNull();
  });
});
