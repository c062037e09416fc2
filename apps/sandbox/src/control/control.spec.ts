import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PolarNetworkError, PolarRateLimitError, PolarServerError } from '@polar-sh/sdk';
import { createPolar } from '@polar-sh/sdk/2026-10';
import { startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('the control routes and the front door', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const statusFor = (host: string, path: string, headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(sandbox.url);
      request({ hostname, port, path, headers: { host, ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost'])(
    'refuses the host %s before anything else',
    async (host) => {
      for (const path of [
        '/_control/state',
        '/v1/prices',
        '/polar/v1/products/',
        '/checkout/x',
        '/nowhere',
      ]) {
        expect(await statusFor(host, path, { authorization: 'Bearer control-token' })).toBe(403);
      }
    },
  );

  it('answers as 127.0.0.1 and localhost with its own port', async () => {
    const { port } = new URL(sandbox.url);
    const headers = { authorization: 'Bearer control-token' };
    expect(await statusFor(`127.0.0.1:${port}`, '/_control/clock', headers)).toBe(200);
    expect(await statusFor(`localhost:${port}`, '/_control/clock', headers)).toBe(200);
  });

  it('listens on no address but loopback', async () => {
    const { port } = new URL(sandbox.url);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => address.family === 'IPv4' && !address.internal);
    for (const { address } of outside) {
      await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow();
    }
  });

  it.each([
    undefined,
    'Bearer wrong',
    'Bearer ',
    'Bearer control-token-and-more',
    'Basic Y29udHJvbC10b2tlbg',
    'control-token',
  ])('refuses the credential %s', async (authorization) => {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const response = await fetch(`${sandbox.url}/_control/state`, { headers });
    expect(response.status).toBe(401);
  });

  it('logs provider calls without their credentials', async () => {
    await sandbox.control('DELETE', '/requests');
    await sandbox.polar.customers.create({ email: 'log@example.com' });
    await sandbox.stripe.customers.create({ email: 'log@example.com' }, { idempotencyKey: 'log-1' });
    await expect(sandbox.polar.customers.getExternal('nobody')).rejects.toThrow();
    const { body } = await sandbox.control('GET', '/requests');
    expect(body['requests']).toMatchObject([
      {
        provider: 'polar',
        method: 'POST',
        path: '/v1/customers/',
        body: { email: 'log@example.com' },
        status: 201,
      },
      { provider: 'stripe', path: '/v1/customers', headers: { 'idempotency-key': 'log-1' }, status: 200 },
      { provider: 'polar', method: 'GET', status: 404, headers: { 'polar-version': '2026-10' } },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/polar_oat_test|sk_test_sandbox/);
  });

  it('takes one provider down in every way and leaves the other alone', async () => {
    const outage = (mode: string) => sandbox.control('PUT', '/outage', { provider: 'polar', mode });
    const impatient = createPolar({
      accessToken: 'polar_oat_test',
      baseUrl: `${sandbox.url}/polar`,
      timeout: 0.2,
    });
    await outage('down');
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarNetworkError);
    expect((await sandbox.stripe.products.list()).data.length).toBeGreaterThan(0);
    await outage('error');
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarServerError);
    await outage('rate_limited');
    await expect(sandbox.polar.products.list()).rejects.toMatchObject({ retryAfter: 1 });
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarRateLimitError);
    await outage('timeout');
    await expect(impatient.products.list()).rejects.toBeInstanceOf(PolarNetworkError);
    await outage('lost_response');
    await expect(sandbox.polar.customers.create({ email: 'lost@example.com' })).rejects.toBeInstanceOf(
      PolarNetworkError,
    );
    await outage('none');
    expect((await sandbox.polar.customers.list({ email: 'lost@example.com' })).items).toHaveLength(1);
    expect((await outage('sleepy')).status).toBe(400);
  });

  it('changes what is on sale for later buyers only', async () => {
    const customer = await sandbox.polar.customers.create({ email: 'early@example.com' });
    const sold = await sandbox.control('POST', '/subscriptions', {
      provider: 'polar',
      customer: customer.id,
      sellable: 'pro_monthly',
    });
    expect(sold.status).toBe(201);
    await sandbox.control('PATCH', '/products/pro_monthly', { price: 12_300, metadata: { plan: 'gold' } });
    const product = await sandbox.polar.products.get('polar_pro_monthly');
    expect(product).toMatchObject({ metadata: { plan: 'gold' }, prices: [{ price_amount: 12_300 }] });
    expect((await sandbox.stripe.prices.retrieve('price_pro_monthly')).unit_amount).toBe(12_300);
    expect(await sandbox.polar.subscriptions.get(String(sold.body['id']))).toMatchObject({
      amount: 9900,
      prices: [{ price_amount: 9900 }],
    });
    await sandbox.control('PATCH', '/products/pro_monthly', { archived: true });
    await expect(sandbox.polar.checkouts.create({ products: ['polar_pro_monthly'] })).rejects.toThrow();
    expect((await sandbox.control('PATCH', '/products/nothing', { archived: true })).status).toBe(404);
  });

  it('answers 4xx to nonsense on every control route', async () => {
    for (const [method, path] of [
      ['PUT', '/clock'],
      ['PUT', '/outage'],
      ['PUT', '/settings'],
      ['POST', '/faults'],
      ['POST', '/webhooks/next'],
      ['PATCH', '/endpoints/constructor'],
      ['POST', '/endpoints/constructor/rotate-secret'],
      ['POST', '/customers/constructor/fail-payments'],
      ['POST', '/subscriptions/constructor/refund'],
      ['POST', '/checkouts/constructor/settle'],
      ['PUT', '/webhooks'],
      ['POST', '/subscriptions'],
      ['POST', '/webhooks/emit'],
      ['PATCH', '/products/constructor'],
      ['POST', '/checkouts/__proto__/pay'],
      ['POST', '/subscriptions/constructor/cancel'],
      ['POST', '/subscriptions/x/explode'],
    ] as const) {
      const { status } = await sandbox.control(method, path, { nonsense: [null] });
      expect([400, 404]).toContain(status);
    }
  });

  it('moves its clock by a length of time as well as to an instant', async () => {
    const { body } = await sandbox.control('PUT', '/clock', { freeze: true });
    const moved = await sandbox.control('PUT', '/clock', { advance: { days: 1, hours: 2 }, freeze: true });
    expect(Date.parse(String(moved.body['now'])) - Date.parse(String(body['now']))).toBe(26 * 3_600_000);
    const both = { now: String(moved.body['now']), advance: { days: 1 } };
    expect((await sandbox.control('PUT', '/clock', both)).status).toBe(400);
  });

  it('forgets on request what was counted and planned, and nothing that was sold', async () => {
    const customer = await sandbox.polar.customers.create({ email: 'kept@example.com' });
    const sale = { provider: 'polar', customer: customer.id, sellable: 'pro_monthly' };
    const sold = await sandbox.control('POST', '/subscriptions', sale);
    await sandbox.control('POST', '/faults', { provider: 'polar', mode: 'error', times: 9 });
    await sandbox.control('PUT', '/outage', { provider: 'stripe', mode: 'error' });
    await sandbox.control('PUT', '/settings', { polarDunningEnd: 'unpaid', polarCallsPerMinute: 1 });
    await sandbox.control('POST', `/customers/${customer.id}/fail-payments`);
    await sandbox.control('POST', '/webhooks/next', { provider: 'polar', drop: 9 });
    expect((await sandbox.control('POST', '/reset')).status).toBe(204);
    expect((await sandbox.control('GET', '/money')).body).toEqual({ entries: [], totals: {} });
    expect((await sandbox.control('GET', '/requests')).body).toEqual({ requests: [] });
    expect((await sandbox.control('GET', '/faults')).body).toEqual({ faults: [] });
    expect((await sandbox.control('GET', '/settings')).body).toMatchObject({
      polarDunningEnd: 'canceled',
      polarCallsPerMinute: null,
    });
    expect((await sandbox.polar.subscriptions.get(String(sold.body['id']))).status).toBe('active');
    await sandbox.stripe.prices.list();
    const second = await sandbox.polar.checkouts.create({
      products: ['polar_pro_yearly'],
      customer_email: 'x@example.com',
    });
    expect((await sandbox.control('POST', `/checkouts/${second.id}/pay`)).status).toBe(200);
  });
});
