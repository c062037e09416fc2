import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { errors } from '@polar-sh/sdk/2026-10';
import { buyPolar, moneyOf } from '../testing/buyers.js';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

const DAY = 86_400;

describe('the life of a Polar subscription on the virtual clock', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    await sandbox.control('PUT', '/clock', { freeze: true });
    await sandbox.forget();
  });

  const about = (id: string): string[] =>
    sandbox.polarEndpoint.received.filter((one) => one.body.includes(id)).map((one) => one.type);
  const orders = async (id: string): Promise<{ subscription_id: string }[]> => {
    const { body } = await sandbox.control('GET', '/state');
    const polar = body['polar'] as { orders: Record<string, { subscription_id: string }> };
    return Object.values(polar.orders).filter((one) => one.subscription_id === id);
  };

  it('bills an upgrade at once by `invoice`: the rest of the period at the new price, less what was paid for it', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_team_monthly', { seats: 2 });
    const length =
      Date.parse(subscription.current_period_end) - Date.parse(subscription.current_period_start);
    await sandbox.travel(new Date(Date.parse(subscription.current_period_start) + length / 2).toISOString());
    await sandbox.polar.subscriptions.update(subscription.id, { seats: 5, proration_behavior: 'invoice' });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 4500 });
    expect((await orders(subscription.id)).at(-1)).toMatchObject({
      billing_reason: 'subscription_update',
      total_amount: 4500,
      items: [
        { amount: -3000, proration: true },
        { amount: 7500, proration: true },
      ],
    });
  });

  it('keeps a `prorate` change for the next order, once', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_team_monthly', { seats: 2 });
    const length =
      Date.parse(subscription.current_period_end) - Date.parse(subscription.current_period_start);
    await sandbox.travel(new Date(Date.parse(subscription.current_period_start) + length / 2).toISOString());
    await sandbox.polar.subscriptions.update(subscription.id, { seats: 3, proration_behavior: 'prorate' });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 });
    await sandbox.travel(after(subscription.current_period_end, 1));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 1500 + 9000 });
    const next = await sandbox.polar.subscriptions.get(subscription.id);
    await sandbox.travel(after(next.current_period_end, 1));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 1500 + 9000 + 9000 });
  });

  it('turns what is left of a dear year into credit that later orders use up', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_pro_yearly');
    await sandbox.polar.subscriptions.update(subscription.id, {
      product_id: 'polar_pro_monthly',
      proration_behavior: 'invoice',
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 99_900, credit_usd: 90_000 });
    const monthly = await sandbox.polar.subscriptions.get(subscription.id);
    await sandbox.travel(after(monthly.current_period_end, 1));
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 99_900, credit_usd: 90_000 });
    expect((await orders(subscription.id)).at(-1)).toMatchObject({
      due_amount: 0,
      applied_balance_amount: -9900,
    });
  });

  it('applies a next_period change exactly at the turn of the period, without a proration', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_pro_yearly');
    await sandbox.polar.subscriptions.update(subscription.id, {
      product_id: 'polar_pro_monthly',
      proration_behavior: 'next_period',
    });
    await sandbox.travel(after(subscription.current_period_end, -1));
    expect(await sandbox.polar.subscriptions.get(subscription.id)).toMatchObject({
      product_id: 'polar_pro_yearly',
    });
    await sandbox.travel(after(subscription.current_period_end, 1));
    expect(await sandbox.polar.subscriptions.get(subscription.id)).toMatchObject({
      product_id: 'polar_pro_monthly',
      pending_update: null,
      recurring_interval: 'month',
    });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 99_900 + 9900 });
  });

  it.each(['canceled', 'unpaid'] as const)(
    'retries after 2, 7, 14 and 21 days, then ends as %s',
    async (end) => {
      await sandbox.control('PUT', '/settings', { polarDunningEnd: end });
      const { subscription } = await buyPolar(sandbox, 'polar_pro_monthly');
      await sandbox.control('POST', `/subscriptions/${subscription.id}/fail-payment`, {
        when: 'next_renewal',
      });
      const lapse = subscription.current_period_end;
      await sandbox.travel(lapse);
      expect(about(subscription.id).slice(-6)).toEqual([
        'subscription.cycled',
        'subscription.updated',
        'customer.state_changed',
        'order.created',
        'subscription.updated',
        'subscription.past_due',
      ]);
      const failed = async () => (await moneyOf(sandbox, subscription.id))['failed_usd'];
      for (const [index, days] of [2, 7, 14, 21].entries()) {
        await sandbox.travel(after(lapse, days * DAY - 1));
        expect((await sandbox.polar.subscriptions.get(subscription.id)).status).toBe('past_due');
        expect(await failed()).toBe(9900 * (1 + index));
        await sandbox.travel(after(lapse, days * DAY));
        expect(await failed()).toBe(9900 * (2 + index));
      }
      expect(await sandbox.polar.subscriptions.get(subscription.id)).toMatchObject({
        status: end,
        ended_at: after(lapse, 21 * DAY),
      });
      expect(about(subscription.id)).toContain('subscription.revoked');
      await sandbox.control('PUT', '/settings', { polarDunningEnd: 'canceled' });
    },
  );

  it('recovers at the retry after the card does', async () => {
    const { subscription, customerId } = await buyPolar(sandbox, 'polar_pro_monthly');
    await sandbox.control('POST', `/customers/${customerId}/fail-payments`, { times: 1 });
    await sandbox.travel(after(subscription.current_period_end, DAY));
    expect((await sandbox.polar.subscriptions.get(subscription.id)).status).toBe('past_due');
    await sandbox.travel(after(subscription.current_period_end, 2 * DAY));
    expect((await sandbox.polar.subscriptions.get(subscription.id)).status).toBe('active');
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 2 * 9900, failed_usd: 9900 });
  });

  it('pauses at the period end and resumes by itself or on request', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_pro_monthly');
    const { update, get } = sandbox.polar.subscriptions;
    const resumesAt = after(subscription.current_period_end, 10 * DAY);
    await update(subscription.id, { pause_at_period_end: true, resumes_at: resumesAt });
    await sandbox.travel(after(subscription.current_period_end, 1));
    expect(await get(subscription.id)).toMatchObject({
      status: 'paused',
      paused_at: subscription.current_period_end,
    });
    await expect(update(subscription.id, { product_id: 'polar_pro_yearly' })).rejects.toMatchObject({
      error: { error: 'InactiveSubscription' },
    });
    await sandbox.travel(resumesAt);
    expect(await get(subscription.id)).toMatchObject({ status: 'active', current_period_start: resumesAt });
    expect(about(subscription.id)).toEqual(
      expect.arrayContaining(['subscription.paused', 'subscription.resumed']),
    );
    await expect(update(subscription.id, { resume: true })).rejects.toBeInstanceOf(
      errors.HTTPValidationError,
    );
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 2 * 9900 });
  });

  it('begins a new period with a reset, whose whole price is due less what was left of the old', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_team_monthly', { seats: 2 });
    const length =
      Date.parse(subscription.current_period_end) - Date.parse(subscription.current_period_start);
    const half = new Date(Date.parse(subscription.current_period_start) + length / 2).toISOString();
    await sandbox.travel(half);
    const reset = await sandbox.polar.subscriptions.update(subscription.id, {
      seats: 3,
      proration_behavior: 'reset',
    });
    expect(reset).toMatchObject({ seats: 3, current_period_start: half });
    expect(await moneyOf(sandbox, subscription.id)).toEqual({ charge_usd: 6000 + 9000 - 3000 });
  });

  it('lets no customer whose card is dead grow, billed now or later', async () => {
    const { subscription, customerId } = await buyPolar(sandbox, 'polar_team_monthly', { seats: 2 });
    await sandbox.control('POST', `/customers/${customerId}/fail-payments`);
    for (const proration of ['invoice', 'prorate'] as const) {
      await expect(
        sandbox.polar.subscriptions.update(subscription.id, { seats: 3, proration_behavior: proration }),
      ).rejects.toMatchObject({ statusCode: 402 });
    }
    expect((await sandbox.polar.subscriptions.get(subscription.id)).seats).toBe(2);
  });

  it('answers 409 while a renewal holds the subscription', async () => {
    const { subscription } = await buyPolar(sandbox, 'polar_pro_monthly');
    await sandbox.control('POST', `/subscriptions/${subscription.id}/lock`);
    await expect(
      sandbox.polar.subscriptions.update(subscription.id, { product_id: 'polar_pro_yearly' }),
    ).rejects.toMatchObject({ statusCode: 409, error: { error: 'SubscriptionLocked' } });
    await sandbox.control('POST', `/subscriptions/${subscription.id}/unlock`);
    await sandbox.polar.subscriptions.update(subscription.id, { product_id: 'polar_pro_yearly' });
  });
});
