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
      checkoutId: 'our-checkout',
      status: 'active',
      rawStatus: 'active',
      slugs: ['pro_monthly', 'Pro'],
      unitPrice: { amount: 9_900n, currency: 'usd' },
      priceRef: 'price_pro_monthly',
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
      billingAnchor: after(0),
      pausesAt: null,
      pausedAt: null,
      resumesAt: null,
      seats: 3,
      price: { amount: 29_700n, currency: 'usd' },
      interval: 'month',
      pendingChange: null,
      problem: null,
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

  describe('that is past due', () => {
    const invoice = (changes: Record<string, unknown>): Record<string, unknown> => ({
      id: 'in_1',
      object: 'invoice',
      status: 'open',
      created: START + 60,
      due_date: null,
      attempted: true,
      attempt_count: 1,
      status_transitions: { finalized_at: START + 3600 },
      ...changes,
    });
    const since = (latest: unknown, status = 'past_due'): Date | null | undefined =>
      toStripeSubscription(fixture(PRESENT, { status, latest_invoice: latest }))?.pastDueSince;

    it('is so since its open invoice was finalized and charged, however often it was tried again', () => {
      expect(since(invoice({}))).toEqual(after(3600));
      expect(since(invoice({ attempt_count: 4, next_payment_attempt: START + 9 * 86_400 }))).toEqual(
        after(3600),
      );
      expect(since(invoice({ status: 'uncollectible' }))).toEqual(after(3600));
    });

    it('is so since the invoice was due, where it is sent and not charged', () => {
      expect(since(invoice({ due_date: START + 86_400 }))).toEqual(after(86_400));
    });

    it('is so since the invoice was made, else since the period began, where nothing better is told', () => {
      expect(since(invoice({ status_transitions: null }))).toEqual(after(60));
      expect(since('in_1')).toEqual(after(0));
      expect(since(null)).toEqual(after(0));
      expect(since(invoice({ status: 'draft', status_transitions: { finalized_at: null } }))).toEqual(
        after(0),
      );
    });

    it('is so no more once it is paid, whatever its last invoice says', () => {
      expect(since(invoice({}), 'active')).toBeNull();
      expect(since(invoice({}), 'unpaid')).toBeNull();
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

describe("the plan's item at Stripe", () => {
  const item = (id: string, price: Record<string, unknown>, quantity = 1) => ({ id, quantity, price });
  const recurring = { interval: 'month', interval_count: 1, usage_type: 'licensed' };
  const addOn = item('si_1', {
    id: 'price_add_on',
    recurring,
    metadata: {},
    unit_amount: 500,
    currency: 'usd',
  });
  const plan = item(
    'si_2',
    { id: 'price_plan', recurring, metadata: {}, unit_amount: 9900, currency: 'usd' },
    4,
  );
  const marked = item('si_3', { id: 'price_marked', recurring, metadata: { internal_plan_id: 'plan_pro' } });
  const metered = item('si_4', { id: 'price_metered', recurring: { ...recurring, usage_type: 'metered' } });
  const chosen = (data: unknown[], mapped: string[] = []) =>
    toStripeSubscription(fixture(PRESENT, { items: { data } }), new Set(mapped))?.priceRef;

  it('is the one whose price a plan is mapped to, wherever it stands', () => {
    expect(chosen([addOn, marked, plan], ['price_plan'])).toBe('price_plan');
    expect(chosen([plan, addOn], ['price_plan'])).toBe('price_plan');
  });

  it('is the one that names a plan when none is mapped, and never a metered one', () => {
    expect(chosen([metered, addOn, marked])).toBe('price_marked');
    expect(chosen([metered, plan])).toBe('price_plan');
    expect(chosen([metered])).toBeNull();
  });

  it('gives seats and amount of that item', () => {
    const data = [addOn, plan];
    expect(
      toStripeSubscription(fixture(PRESENT, { items: { data } }), new Set(['price_plan'])),
    ).toMatchObject({
      seats: 4,
      price: { amount: 39_600n, currency: 'usd' },
    });
  });

  it.each([
    [{ quantity: 1_000_001 }, 'seats_out_of_range'],
    [{ quantity: -2 }, 'seats_out_of_range'],
    [{ price: { ...plan.price, unit_amount: 2 ** 53 } }, 'amount_out_of_range'],
    [{ price: { ...plan.price, unit_amount: null } }, null],
  ])('with %j has the problem %j', (changes, problem) => {
    const data = [{ ...plan, ...changes }];
    expect(toStripeSubscription(fixture(PRESENT, { items: { data } }))?.problem).toBe(problem);
  });
});

describe('C7: where a period stands at Stripe', () => {
  it('is the item since API 2025-03-31, and was the subscription before', () => {
    const present = fixture(PRESENT);
    expect(present).not.toHaveProperty('current_period_end');
    expect(fixture(OLDER)).toHaveProperty('current_period_end');
    for (const source of [present, fixture(OLDER)]) {
      const read = toStripeSubscription(source);
      expect(read?.currentPeriodEnd?.getTime()).toBeGreaterThan(Number(read?.currentPeriodStart));
    }
  });
});
