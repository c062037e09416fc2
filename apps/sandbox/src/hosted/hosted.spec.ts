import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buyPolar, buyStripe } from '../testing/buyers.js';
import { startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('the hosted pages', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const post = (url: string, form: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const checkout = async (
    extra: { customer_email?: string; products?: string[] } = {},
  ): Promise<{ url: string; id: string }> =>
    sandbox.polar.checkouts.create({
      products: ['polar_team_monthly'],
      success_url: 'http://localhost:1/done?id={CHECKOUT_ID}',
      return_url: 'http://localhost:1/pricing?a=1&b=2',
      ...(extra.products === undefined ? { seats: 5 } : {}),
      ...extra,
    });

  it('lists at its root what answers here', async () => {
    const response = await fetch(sandbox.url);
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    for (const part of ['/polar/v1/', '/checkout/', '/portal/', '/_control/']) expect(text).toContain(part);
  });

  it('shows what is bought, and that no money moves', async () => {
    const { url } = await checkout({ customer_email: 'ada@example.com' });
    const response = await fetch(url);
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const part of [
      'Team',
      '$150.00',
      '5 seats × $30.00',
      'Monthly',
      'ada@example.com',
      'No money moves',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('href="http://localhost:1/pricing?a=1&#38;b=2"');
  });

  it('takes the payment once and goes on to the success page with the id in place', async () => {
    const { url, id } = await checkout({ customer_email: 'once@example.com' });
    const answers = [await post(`${url}/pay`), await post(`${url}/pay`)];
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('location')]).toEqual([
        303,
        `http://localhost:1/done?id=${id}`,
      ]);
    }
    expect(await (await fetch(url)).text()).toContain('Already paid');
    const { items } = await sandbox.polar.subscriptions.list({ limit: 100 });
    expect(items.filter((one) => one.customer.email === 'once@example.com')).toHaveLength(1);
  });

  it('stays open after a declined card', async () => {
    const { url, id } = await checkout({ customer_email: 'poor@example.com' });
    const declined = await post(`${url}/decline`);
    expect(declined.status).toBe(303);
    const shown = await fetch(new URL(declined.headers.get('location') ?? '', url));
    expect(await shown.text()).toContain('Your card was declined');
    expect((await sandbox.polar.checkouts.get(id)).status).toBe('open');
    expect((await post(`${url}/pay`)).status).toBe(303);
  });

  it('asks for an e-mail when nobody gave one', async () => {
    const { url } = await checkout();
    expect((await post(`${url}/pay`)).status).toBe(422);
    expect((await post(`${url}/pay`, { email: 'typed@example.com' })).status).toBe(303);
  });

  it('says that a customer subscribes already', async () => {
    const first = await checkout({ customer_email: 'twice@example.com' });
    await post(`${first.url}/pay`);
    const second = await checkout({ customer_email: 'twice@example.com' });
    const refused = await post(`${second.url}/pay`);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('You already have an active subscription.');
  });

  it('escapes what others wrote', async () => {
    await sandbox.control('PATCH', '/products/pro_monthly', { metadata: {} });
    const customer = await sandbox.stripe.customers
      .create({ email: `"<script>"@example.com` })
      .catch(() => null);
    const { url } = await sandbox.stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: 'price_pro_monthly', quantity: 1 }],
      success_url: 'http://localhost:1/done',
      cancel_url: 'http://localhost:1/"><script>alert(1)</script>',
      ...(customer === null ? {} : { customer: customer.id }),
    });
    expect(await (await fetch(url ?? '')).text()).not.toContain('<script>');
  });

  it('cancels and keeps a subscription in the portal, for its own customer only', async () => {
    const { url } = await checkout({ customer_email: 'portal@example.com' });
    await post(`${url}/pay`);
    const { items } = await sandbox.polar.subscriptions.list({ limit: 100 });
    const own = items.find((one) => one.customer.email === 'portal@example.com');
    const other = items.find((one) => one.customer.email !== 'portal@example.com');
    const session = await sandbox.polar.customerSessions.create({
      customer_id: own?.customer_id ?? '',
      return_url: 'http://localhost:1/settings/billing',
    });
    const portal = session.customer_portal_url;
    const page = async (): Promise<string> => (await fetch(portal)).text();
    expect(await page()).toMatch(
      /Renews[\s\S]*Cancel subscription[\s\S]*http:\/\/localhost:1\/settings\/billing/,
    );
    expect((await post(`${portal}/cancel/${other?.id}`)).status).toBe(404);
    expect((await post(`${portal}/cancel/${own?.id}`)).status).toBe(303);
    expect(await page()).toMatch(/Access until[\s\S]*Keep my subscription/);
    expect((await post(`${portal}/cancel/${own?.id}`)).status).toBe(409);
    expect((await post(`${portal}/uncancel/${own?.id}`)).status).toBe(303);
    expect(await page()).toContain('Renews');
    expect((await post(`${portal}/explode/${own?.id}`)).status).toBe(404);
  });

  it('knows no made-up links', async () => {
    for (const path of [
      '/checkout/nothing',
      '/checkout/__proto__',
      '/portal/nothing',
      '/portal/constructor',
    ]) {
      expect((await fetch(`${sandbox.url}${path}`)).status).toBe(404);
    }
  });
});

describe('the portal and checkout as a customer uses them', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const post = (url: string, form: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const polarPortal = async (customerId: string): Promise<string> =>
    (await sandbox.polar.customerSessions.create({ customer_id: customerId })).customer_portal_url;

  it('lets the buyer choose seats within bounds before paying, and pay with a card that fails later', async () => {
    const checkout = await sandbox.polar.checkouts.create({
      products: ['polar_team_monthly'],
      customer_email: 'chooser@example.com',
      min_seats: 2,
      max_seats: 8,
    });
    expect(await (await fetch(checkout.url)).text()).toContain('max="8"');
    expect((await post(`${checkout.url}/seats`, { seats: '6' })).status).toBe(303);
    expect(await (await fetch(checkout.url)).text()).toContain('$180.00');
    for (const seats of ['9', '1', '2.5', 'many']) {
      expect((await post(`${checkout.url}/seats`, { seats })).status).toBe(422);
    }
    expect((await post(`${checkout.url}/pay`, { card: 'declined' })).headers.get('location')).toContain(
      'declined',
    );
    expect((await post(`${checkout.url}/pay`, { card: 'fails_later' })).status).toBe(303);
    const { items } = await sandbox.polar.subscriptions.list({ limit: 100 });
    const bought = items.find((one) => one.customer.email === 'chooser@example.com');
    expect(bought).toMatchObject({ seats: 6, amount: 18_000, status: 'active' });
    const { body } = await sandbox.control('PUT', '/clock', {
      now: bought?.current_period_end,
      freeze: true,
    });
    expect(body['frozen']).toBe(true);
    expect((await sandbox.polar.subscriptions.get(bought?.id ?? '')).status).toBe('past_due');
  });

  it('changes plan and seats at Polar, and says what the provider refuses', async () => {
    const { subscription, customerId } = await buyPolar(sandbox, 'polar_team_monthly', { seats: 3 });
    const portal = await polarPortal(customerId);
    expect((await post(`${portal}/seats/${subscription.id}`, { seats: '5' })).status).toBe(303);
    expect((await sandbox.polar.subscriptions.get(subscription.id)).seats).toBe(5);
    const refused = await post(`${portal}/seats/${subscription.id}`, { seats: '1001' });
    expect([refused.status, await refused.text()]).toEqual([
      409,
      expect.stringContaining('Seats must be between'),
    ]);
    const { subscription: solo, customerId: other } = await buyPolar(sandbox, 'polar_pro_monthly');
    const page = await polarPortal(other);
    expect(await (await fetch(page)).text()).toContain('polar_pro_yearly');
    expect((await post(`${page}/break-card/${solo.id}`)).status).toBe(303);
    expect((await post(`${page}/plan/${solo.id}`, { plan: 'polar_pro_yearly' })).status).toBe(402);
    expect((await post(`${page}/mend-card/${solo.id}`)).status).toBe(303);
    expect((await post(`${page}/plan/${solo.id}`, { plan: 'polar_pro_yearly' })).status).toBe(303);
    expect((await sandbox.polar.subscriptions.get(solo.id)).product_id).toBe('polar_pro_yearly');
    expect((await post(`${page}/plan/${solo.id}`, { plan: 'constructor' })).status).toBe(409);
    expect((await post(`${page}/plan/${subscription.id}`, { plan: 'polar_pro_yearly' })).status).toBe(404);
  });

  it('changes the plan at Stripe, and the seats only where the portal’s configuration says so', async () => {
    const { subscription, customerId } = await buyStripe(sandbox, 'price_team_monthly', 2);
    const { billingPortal, subscriptions } = sandbox.stripe;
    const standard = await billingPortal.sessions.create({ customer: customerId });
    const text = await (await fetch(standard.url)).text();
    expect(text).toContain('price_pro_yearly');
    expect(text).not.toContain('name="seats"');
    const configuration = await billingPortal.configurations.create({
      features: {
        subscription_update: { enabled: true, default_allowed_updates: ['quantity'], products: [] },
      },
    });
    const own = await billingPortal.sessions.create({
      customer: customerId,
      configuration: configuration.id,
    });
    expect(await (await fetch(own.url)).text()).toContain('name="seats"');
    expect((await post(`${own.url}/seats/${subscription.id}`, { seats: '4' })).status).toBe(303);
    expect((await subscriptions.retrieve(subscription.id)).items.data[0]?.quantity).toBe(4);
    const plan = { plan: 'price_pro_monthly' };
    expect((await post(`${standard.url}/plan/${subscription.id}`, plan)).status).toBe(303);
    expect((await subscriptions.retrieve(subscription.id)).items.data[0]?.price.id).toBe('price_pro_monthly');
    await post(`${own.url}/cancel/${subscription.id}`);
    expect(await (await fetch(own.url)).text()).not.toContain('name="seats"');
  });
});
