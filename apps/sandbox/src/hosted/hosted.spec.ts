import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
