import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';
import { realNow } from './real-time.js';

describe('the virtual clock', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const put = (body: unknown) => sandbox.control('PUT', '/clock', body);
  const sell = async (sellable: string, provider = 'polar'): Promise<Record<string, unknown>> => {
    const customer = await sandbox.polar.customers.create({ email: `${sellable}@example.com` });
    await sandbox.stripe.customers.create({ email: `${sellable}@example.com` });
    const { body } = await sandbox.control('POST', '/subscriptions', {
      provider,
      sellable,
      customer: customer.email,
    });
    return body;
  };

  it('starts at the real time and ticks', async () => {
    const before = realNow();
    const { body } = await sandbox.control('GET', '/clock');
    expect(body['frozen']).toBe(false);
    expect(Date.parse(String(body['now']))).toBeGreaterThanOrEqual(before);
    expect(Date.parse(String(body['now']))).toBeLessThanOrEqual(realNow());
  });

  it('stands still when frozen and goes on ticking from where it was put when not', async () => {
    expect((await put({ now: '2030-01-01T00:00:00Z', freeze: true })).body).toMatchObject({
      now: '2030-01-01T00:00:00.000Z',
      frozen: true,
    });
    expect((await sandbox.control('GET', '/clock')).body['now']).toBe('2030-01-01T00:00:00.000Z');
    const { body } = await put({ now: '2030-01-01T00:00:10Z' });
    expect(body['frozen']).toBe(false);
    expect(Date.parse(String(body['now']))).toBeGreaterThanOrEqual(Date.parse('2030-01-01T00:00:10Z'));
  });

  it.each([
    { now: '2001-01-01T00:00:00Z' },
    { now: 'tomorrow' },
    { now: '9999-01-01T00:00:00Z' },
    { now: '2030-01-01' },
    { frieze: true },
  ])('refuses %j', async (body) => {
    expect((await put(body)).status).toBe(400);
  });

  it('lets a year happen in order, each thing at its own instant', async () => {
    const subscription = await sell('pro_monthly');
    await sandbox.forget();
    const end = String(subscription['current_period_end']);
    const answer = await sandbox.travel(after(end, 330 * 86_400));
    expect(answer).toMatchObject({ failed: 0, pending: 0 });
    const events = sandbox.polarEndpoint.received.map(
      ({ body }) =>
        JSON.parse(body) as { type: string; timestamp: string; data: { current_period_start?: string } },
    );
    const cycles = events.filter((event) => event.type === 'subscription.cycled');
    expect(cycles).toHaveLength(11);
    for (const { timestamp, data } of cycles) {
      expect(Date.parse(timestamp.replace(/\d{3}Z$/, 'Z'))).toBe(Date.parse(data.current_period_start ?? ''));
    }
    const times = events.map((event) => event.timestamp);
    expect(times).toEqual(times.toSorted());
  });

  it('stands at the instant of an event while its news is delivered', async () => {
    await sell('pro_monthly');
    await put({ freeze: true });
    const seen: [string, string][] = [];
    sandbox.polarEndpoint.onWebhook = async ({ type, body }) => {
      const { timestamp } = JSON.parse(body) as { timestamp: string };
      const { body: clock } = await sandbox.control('GET', '/clock');
      if (type === 'subscription.cycled')
        seen.push([timestamp.replace(/\d{3}Z$/, 'Z'), String(clock['now'])]);
    };
    await sandbox.travel('2027-06-01T00:00:00Z');
    expect(seen).toHaveLength(6);
    for (const [happened, told] of seen) expect(told).toBe(happened);
  });

  it('gives up on a failing card after 21 days, at both providers', async () => {
    for (const provider of ['polar', 'stripe']) {
      const { id } = await sell(provider === 'polar' ? 'pro_monthly' : 'team_monthly', provider);
      await sandbox.control('POST', `/subscriptions/${String(id)}/fail-payment`);
      const { body } = await put({ freeze: true });
      const now = String(body['now']);
      const status = async (): Promise<string> =>
        provider === 'polar'
          ? (await sandbox.polar.subscriptions.get(String(id))).status
          : (await sandbox.stripe.subscriptions.retrieve(String(id))).status;
      expect(await status()).toBe('past_due');
      await sandbox.travel(after(now, 20 * 86_400));
      expect(await status()).toBe('past_due');
      await sandbox.travel(after(now, 22 * 86_400));
      expect(await status()).toBe('canceled');
    }
  });

  it('expires open checkouts', async () => {
    const checkout = await sandbox.polar.checkouts.create({ products: ['polar_pro_monthly'] });
    await sandbox.travel(checkout.expires_at);
    expect((await sandbox.polar.checkouts.get(checkout.id)).status).toBe('expired');
    expect((await sandbox.control('POST', `/checkouts/${checkout.id}/pay`)).status).toBe(410);
  });

  it('processes moves one after the other', async () => {
    await sell('pro_monthly');
    const moves = await Promise.all([
      put({ now: '2031-01-01T00:00:00Z', freeze: true }),
      put({ now: '2031-01-01T00:00:01Z', freeze: true }),
      put({ now: '2030-01-01T00:00:00Z', freeze: true }),
    ]);
    expect(moves.map((move) => move.status)).toEqual([200, 200, 400]);
  });
});
