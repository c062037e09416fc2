import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { buyStripe, moneyOf } from '../testing/buyers.js';
import { startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

const DAY = 86_400;
/** A pause for which nothing is given back. */
const NO_CREDIT: Stripe.SubscriptionPauseParams = { bill_for: { unused_time_from: { type: 'none' } } };
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

describe('the life of a Stripe subscription on the virtual clock', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    await sandbox.control('PUT', '/clock', { freeze: true });
    await sandbox.forget();
  });

  const halfway = async (subscription: Stripe.Subscription): Promise<void> => {
    const item = subscription.items.data[0];
    const [start, end] = [item?.current_period_start ?? 0, item?.current_period_end ?? 0];
    await sandbox.travel(iso(start + (end - start) / 2));
  };
  const types = (): Promise<string[]> => sandbox.typesAt(sandbox.stripeEndpoint);

  it('previews and bills an upgrade with always_invoice to the cent, and to the same cent', async () => {
    const { subscription, itemId } = await buyStripe(sandbox, 'price_team_monthly', 2);
    await halfway(subscription);
    const change = { items: [{ id: itemId, quantity: 5 }], proration_behavior: 'always_invoice' as const };
    const preview = await sandbox.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    });
    expect(preview.lines.data.map((line) => line.amount)).toEqual([-3000, 7500]);
    expect(preview.lines.data.every((line) => line.parent?.subscription_item_details?.proration)).toBe(true);
    expect(preview).toMatchObject({ total: 4500, amount_due: 4500, status: 'draft' });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 });
    await sandbox.stripe.subscriptions.update(subscription.id, {
      ...change,
      payment_behavior: 'error_if_incomplete',
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 4500 });
  });

  it('notes a refused charge of error_if_incomplete in the ledger, and changes nothing else', async () => {
    const { customerId, subscription, itemId } = await buyStripe(sandbox, 'price_team_monthly', 2);
    await halfway(subscription);
    await sandbox.control('POST', `/customers/${customerId}/fail-payments`, { times: 1 });
    const change = sandbox.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemId, quantity: 5 }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
    });
    await expect(change).rejects.toMatchObject({ statusCode: 402 });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000, failed_usd: 4500 });
    const after = await sandbox.stripe.subscriptions.retrieve(subscription.id);
    expect(after).toMatchObject({ status: 'active', latest_invoice: subscription.latest_invoice });
  });

  it('keeps create_prorations for the next invoice, once', async () => {
    const { subscription, itemId, periodEnd } = await buyStripe(sandbox, 'price_team_monthly', 2);
    await halfway(subscription);
    await sandbox.stripe.subscriptions.update(subscription.id, { items: [{ id: itemId, quantity: 3 }] });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 });
    const preview = await sandbox.stripe.invoices.createPreview({ subscription: subscription.id });
    expect(preview.total).toBe(1500 + 9000);
    await sandbox.travel(iso(periodEnd));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 1500 + 9000 });
    const next = (await sandbox.stripe.subscriptions.retrieve(subscription.id)).items.data[0];
    await sandbox.travel(iso(next?.current_period_end ?? 0));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 1500 + 9000 + 9000 });
  });

  it('bills nothing for a change without proration until the turn of the period', async () => {
    const { subscription, itemId, periodEnd } = await buyStripe(sandbox, 'price_team_monthly', 4);
    await halfway(subscription);
    await sandbox.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemId, quantity: 1 }],
      proration_behavior: 'none',
    });
    await sandbox.travel(iso(periodEnd));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 12_000 + 3000 });
  });

  it('begins a new cycle with another interval and turns unused time into credit', async () => {
    const { subscription, itemId, customerId } = await buyStripe(sandbox, 'price_pro_yearly');
    await sandbox.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemId, price: 'price_pro_monthly' }],
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 99_900, credit_usd: 90_000 });
    const customer = (await sandbox.stripe.customers.retrieve(customerId)) as Stripe.Customer;
    expect(customer.balance).toBe(-90_000);
    const monthly = await sandbox.stripe.subscriptions.retrieve(subscription.id);
    await sandbox.travel(iso(monthly.items.data[0]?.current_period_end ?? 0));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 99_900, credit_usd: 90_000 });
    const invoices = await sandbox.stripe.invoices.list({ subscription: subscription.id, limit: 1 });
    expect(invoices.data[0]).toMatchObject({
      total: 9900,
      amount_due: 0,
      ending_balance: -80_100,
      status: 'paid',
    });
  });

  it('keeps a change whose payment failed for 23 hours, then forgets it', async () => {
    const { subscription, itemId } = await buyStripe(sandbox, 'price_team_monthly', 2);
    const grow = () =>
      sandbox.stripe.subscriptions.update(subscription.id, {
        items: [{ id: itemId, quantity: 5 }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'pending_if_incomplete',
      });
    await sandbox.control('POST', `/subscriptions/${subscription.id}/fail-payment`);
    await sandbox.control('POST', `/subscriptions/${subscription.id}/recover`);
    await sandbox.control('POST', `/subscriptions/${subscription.id}/fail-payment`, { when: 'next_renewal' });
    const waiting = await grow();
    expect(waiting.items.data[0]?.quantity).toBe(2);
    expect(waiting.pending_update).toMatchObject({ subscription_items: [{ id: itemId, quantity: 5 }] });
    await sandbox.travel(iso(waiting.pending_update?.expires_at ?? 0));
    expect(await sandbox.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      pending_update: null,
    });
    expect(await types()).toContain('customer.subscription.pending_update_expired');
    await grow();
    await sandbox.control('POST', `/subscriptions/${subscription.id}/recover`);
    const grown = await sandbox.stripe.subscriptions.retrieve(subscription.id);
    expect(grown.items.data[0]?.quantity).toBe(5);
    expect(await types()).toContain('customer.subscription.pending_update_applied');
  });

  it('turns past due when a change allowed to be incomplete cannot be paid', async () => {
    const { subscription, itemId } = await buyStripe(sandbox, 'price_team_monthly', 2);
    await sandbox.control('POST', `/subscriptions/${subscription.id}/fail-payment`, { when: 'next_renewal' });
    const grown = await sandbox.stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemId, quantity: 5 }],
      proration_behavior: 'always_invoice',
    });
    expect(grown).toMatchObject({ status: 'past_due', items: { data: [{ quantity: 5 }] } });
  });

  it.each(['canceled', 'unpaid', 'past_due'] as const)('retries four times, then is %s', async (end) => {
    await sandbox.control('PUT', '/settings', { stripeDunningEnd: end });
    const { subscription, periodEnd } = await buyStripe(sandbox, 'price_pro_monthly');
    await sandbox.control('POST', `/subscriptions/${subscription.id}/fail-payment`, { when: 'next_renewal' });
    await sandbox.travel(iso(periodEnd));
    const failed = async () => (await moneyOf(sandbox, subscription.id))['failed_usd'];
    for (const [index, days] of [2, 7, 14, 21].entries()) {
      expect((await sandbox.stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
      expect(await failed()).toBe(9900 * (1 + index));
      await sandbox.travel(iso(periodEnd + days * DAY));
    }
    expect((await sandbox.stripe.subscriptions.retrieve(subscription.id)).status).toBe(end);
    await sandbox.control('PUT', '/settings', { stripeDunningEnd: 'canceled' });
  });

  it.each(['pause', 'cancel', 'create_invoice'] as const)(
    'ends a trial without a card by %s',
    async (behavior) => {
      const { subscription } = await buyStripe(sandbox, 'price_pro_monthly', 1, {
        payment_method_collection: 'if_required',
        managed_payments: { enabled: false },
        subscription_data: {
          trial_period_days: 14,
          trial_settings: { end_behavior: { missing_payment_method: behavior } },
        },
      });
      await sandbox.travel(iso(subscription.trial_end ?? 0));
      const expected = { pause: 'paused', cancel: 'canceled', create_invoice: 'past_due' }[behavior];
      expect((await sandbox.stripe.subscriptions.retrieve(subscription.id)).status).toBe(expected);
      expect((await moneyOf(sandbox, subscription.id))['charge_usd']).toBeUndefined();
    },
  );

  it('turns a trial with a card into an active subscription, whose first period is paid', async () => {
    const { subscription } = await buyStripe(sandbox, 'price_pro_monthly', 1, {
      subscription_data: { trial_period_days: 14 },
    });
    const end = subscription.trial_end ?? 0;
    await sandbox.travel(iso(end - 1));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({});
    await sandbox.travel(iso(end));
    expect(await sandbox.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'active',
      items: { data: [{ current_period_start: end }] },
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 9900 });
  });

  it('ends a trial now on request', async () => {
    const { subscription } = await buyStripe(sandbox, 'price_pro_monthly', 1, {
      subscription_data: { trial_period_days: 14 },
    });
    const ended = await sandbox.stripe.subscriptions.update(subscription.id, { trial_end: 'now' });
    expect(ended.status).toBe('active');
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 9900 });
  });

  it('pauses and resumes: nothing turns meanwhile, and the new cycle is paid', async () => {
    const { subscription, periodEnd } = await buyStripe(sandbox, 'price_pro_monthly');
    expect((await sandbox.stripe.subscriptions.pause(subscription.id, NO_CREDIT)).status).toBe('paused');
    await sandbox.travel(iso(periodEnd + 10 * DAY));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 9900 });
    const resumed = await sandbox.stripe.subscriptions.resume(subscription.id);
    expect(resumed).toMatchObject({
      status: 'active',
      items: { data: [{ current_period_start: periodEnd + 10 * DAY }] },
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 2 * 9900 });
    await expect(sandbox.stripe.subscriptions.resume(subscription.id)).rejects.toMatchObject({
      statusCode: 400,
    });
    expect(await types()).toEqual(
      expect.arrayContaining(['customer.subscription.paused', 'customer.subscription.resumed']),
    );
  });

  it('credits a pause unless told not to, and charges the rest of an unchanged period unless told not to', async () => {
    const paused = async (wish: Stripe.SubscriptionPauseParams) => {
      const bought = await buyStripe(sandbox, 'price_team_monthly', 2);
      await halfway(bought.subscription);
      await sandbox.stripe.subscriptions.pause(bought.subscription.id, wish);
      return bought;
    };
    const owed = async (
      { subscription: { id }, periodEnd }: { subscription: Stripe.Subscription; periodEnd: number },
      wish: Stripe.SubscriptionResumeParams,
    ) => {
      const { items } = await sandbox.stripe.subscriptions.resume(id, wish);
      expect(items.data[0]?.current_period_end).toBe(periodEnd);
      return (await sandbox.stripe.invoices.createPreview({ subscription: id })).total;
    };
    const unchanged = { billing_cycle_anchor: { type: 'unchanged' } } as const;
    const free = { ...unchanged, proration_behavior: 'none' } as const;
    expect(await owed(await paused(NO_CREDIT), free)).toBe(6000);
    expect(await owed(await paused(NO_CREDIT), unchanged)).toBe(3000 + 6000);
    expect(await owed(await paused({}), free)).toBe(-3000 + 6000);
    expect(await owed(await paused({}), unchanged)).toBe(6000);
  });

  it('invoices what waited for the next invoice with the new cycle of a resume', async () => {
    const { subscription, itemId, periodEnd } = await buyStripe(sandbox, 'price_team_monthly', 2);
    await halfway(subscription);
    await sandbox.stripe.subscriptions.update(subscription.id, { items: [{ id: itemId, quantity: 3 }] });
    await sandbox.stripe.subscriptions.pause(subscription.id, NO_CREDIT);
    await sandbox.travel(iso(periodEnd + DAY));
    await sandbox.stripe.subscriptions.resume(subscription.id);
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 1500 + 9000 });
    await sandbox.travel(iso(periodEnd + 32 * DAY));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 1500 + 9000 + 9000 });
  });

  it('voids what it would collect while collection is paused', async () => {
    const { subscription, periodEnd } = await buyStripe(sandbox, 'price_pro_monthly');
    await sandbox.stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
    await sandbox.travel(iso(periodEnd));
    expect(
      await sandbox.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] }),
    ).toMatchObject({
      status: 'active',
      latest_invoice: { status: 'void' },
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 9900 });
  });

  it('waits 23 hours for the first payment of a direct subscription', async () => {
    const customer = await sandbox.stripe.customers.create({ email: 'direct@example.com' });
    const direct = () =>
      sandbox.stripe.subscriptions.create({
        customer: customer.id,
        items: [{ price: 'price_pro_monthly' }],
        payment_behavior: 'default_incomplete',
        expand: ['latest_invoice.confirmation_secret'],
      });
    const first = await direct();
    expect(first.status).toBe('incomplete');
    expect((first.latest_invoice as Stripe.Invoice).confirmation_secret?.client_secret).toMatch(/_secret_/);
    await sandbox.control('POST', `/subscriptions/${first.id}/recover`);
    expect((await sandbox.stripe.subscriptions.retrieve(first.id)).status).toBe('active');
    const second = await direct();
    await sandbox.travel(iso(second.created + 23 * 3600));
    expect((await sandbox.stripe.subscriptions.retrieve(second.id)).status).toBe('incomplete_expired');
    expect(await moneyOf(sandbox, second.id)).toEqual({});
  });

  it('refuses schedules under Managed Payments in Stripe’s words, and a second change while one holds it', async () => {
    const { subscription, itemId } = await buyStripe(sandbox, 'price_team_monthly', 2);
    await expect(
      sandbox.stripe.subscriptionSchedules.create({ from_subscription: subscription.id }),
    ).rejects.toMatchObject({
      statusCode: 400,
      message: 'Subscription schedules cannot be created for Subscriptions with Managed Payments enabled.',
    });
    await sandbox.control('POST', `/subscriptions/${subscription.id}/lock`);
    await expect(
      sandbox.stripe.subscriptions.update(subscription.id, { items: [{ id: itemId, quantity: 3 }] }),
    ).rejects.toMatchObject({ statusCode: 409, code: 'lock_timeout' });
  });
});

describe('the catalog and the account, written through the real SDK', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  it('puts products and prices on sale and reads them back', async () => {
    const { stripe } = sandbox;
    const product = await stripe.products.create({
      name: 'Studio',
      tax_code: 'txcd_10103101',
      metadata: { plan: 'studio' },
      unit_label: 'seat',
    });
    const terms = { product: product.id, currency: 'eur', recurring: { interval: 'month' as const } };
    const old = await stripe.prices.create({ ...terms, unit_amount: 1200, lookup_key: 'studio_monthly' });
    await expect(
      stripe.prices.create({ ...terms, unit_amount: 1500, lookup_key: 'studio_monthly' }),
    ).rejects.toMatchObject({ statusCode: 400, param: 'lookup_key' });
    const dearer = await stripe.prices.create({
      ...terms,
      unit_amount: 1500,
      lookup_key: 'studio_monthly',
      transfer_lookup_key: true,
    });
    await stripe.prices.update(old.id, { active: false });
    const found = await stripe.prices.list({ lookup_keys: ['studio_monthly'], expand: ['data.product'] });
    expect(found.data).toMatchObject([
      { id: dearer.id, unit_amount: 1500, currency: 'eur', product: { metadata: { plan: 'studio' } } },
    ]);
    await expect(stripe.products.update(product.id, { tax_code: 'nonsense' })).rejects.toMatchObject({
      code: 'resource_missing',
      param: 'tax_code',
    });
    expect(await stripe.products.update(product.id, { tax_code: '' })).toMatchObject({ tax_code: null });
  });

  it('has meters, and metered prices only on one', async () => {
    const { stripe } = sandbox;
    const meter = await stripe.billing.meters.create({
      display_name: 'Executions',
      event_name: 'executions',
      default_aggregation: { formula: 'sum' },
    });
    const price = await stripe.prices.create({
      product: 'prod_pro',
      currency: 'usd',
      unit_amount_decimal: Stripe.Decimal.from('0.5'),
      recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    });
    expect(price).toMatchObject({ unit_amount: null, recurring: { meter: meter.id } });
    await expect(
      stripe.prices.create({
        product: 'prod_pro',
        currency: 'usd',
        unit_amount: 1,
        recurring: { interval: 'month', usage_type: 'metered', meter: 'mtr_none' },
      }),
    ).rejects.toMatchObject({ code: 'resource_missing' });
  });

  it('shows the account and its portal configurations', async () => {
    const { stripe } = sandbox;
    expect(await stripe.accounts.retrieveCurrent()).toMatchObject({ charges_enabled: true });
    const made = await stripe.billingPortal.configurations.create({
      features: {
        subscription_cancel: { enabled: true, mode: 'at_period_end' },
        subscription_update: { enabled: true, default_allowed_updates: ['price'], products: [] },
      },
    });
    const active = await stripe.billingPortal.configurations.list({ active: true });
    expect(active.data.map((one) => one.id)).toEqual([made.id, 'bpc_sandbox_default']);
    expect(made.features.subscription_update.default_allowed_updates).toEqual(['price']);
  });
});
