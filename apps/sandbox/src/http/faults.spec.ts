import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PolarNetworkError, PolarRateLimitError, PolarServerError } from '@polar-sh/sdk';
import Stripe from 'stripe';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('planned faults of a provider’s API', () => {
  let sandbox: TestSandbox;

  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  const plan = (fault: Record<string, unknown>) => sandbox.control('POST', '/faults', fault);

  it('meet one operation for as many calls as planned, after as many that pass', async () => {
    await plan({ provider: 'polar', mode: 'error', method: 'GET', path: '/v1/products', times: 2, skip: 1 });
    await sandbox.polar.products.list();
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarServerError);
    await sandbox.polar.customers.list();
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarServerError);
    await sandbox.polar.products.list();
    expect((await sandbox.control('GET', '/faults')).body).toEqual({ faults: [] });
  });

  it('do the work and lose the answer, so that only an idempotency key saves the caller', async () => {
    // The SDK itself tries a cut connection once more, whatever it was told about retries.
    const lost = {
      provider: 'stripe',
      mode: 'lost_response',
      method: 'POST',
      path: '/v1/customers',
      times: 2,
    };
    await plan(lost);
    const create = () =>
      sandbox.stripe.customers.create({ email: 'once@example.com' }, { idempotencyKey: 'intent-1' });
    await expect(create()).rejects.toBeInstanceOf(Stripe.errors.StripeConnectionError);
    const { id, lastResponse } = await create();
    expect(lastResponse.headers['idempotent-replayed']).toBe('true');
    const all = await sandbox.stripe.customers.list({ email: 'once@example.com' });
    expect(all.data.map((one) => one.id)).toEqual([id]);
    await plan({ provider: 'polar', mode: 'lost_response', method: 'POST', path: '/v1/customers' });
    await expect(sandbox.polar.customers.create({ email: 'ada@example.com' })).rejects.toBeInstanceOf(
      PolarNetworkError,
    );
    expect((await sandbox.polar.customers.list({ email: 'ada@example.com' })).items).toHaveLength(1);
  });

  it('cut, stall, slow down or answer as told', async () => {
    await plan({ provider: 'polar', mode: 'down' });
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarNetworkError);
    await plan({ provider: 'polar', mode: 'timeout' });
    await expect(sandbox.polar.products.list({}, { timeout: 0.1 })).rejects.toBeInstanceOf(PolarNetworkError);
    await plan({ provider: 'polar', mode: 'slow', delayMs: 20 });
    await sandbox.polar.products.list();
    await plan({ provider: 'stripe', mode: 'status', status: 403, body: { error: { message: 'No.' } } });
    await expect(sandbox.stripe.prices.list()).rejects.toBeInstanceOf(Stripe.errors.StripePermissionError);
    await plan({ provider: 'polar', mode: 'rate_limited', retryAfter: 7 });
    await expect(sandbox.polar.products.list()).rejects.toMatchObject({ retryAfter: 7 });
  });

  it('are a limit per minute when one is set, by the virtual clock', async () => {
    const { body } = await sandbox.control('PUT', '/clock', { freeze: true });
    await sandbox.control('PUT', '/settings', { polarCallsPerMinute: 3 });
    for (let call = 0; call < 3; call += 1) await sandbox.polar.products.list();
    await expect(sandbox.polar.products.list()).rejects.toBeInstanceOf(PolarRateLimitError);
    await expect(sandbox.polar.products.list()).rejects.toMatchObject({ retryAfter: 60 });
    await sandbox.stripe.prices.list();
    await sandbox.travel(after(String(body['now']), 60));
    await sandbox.polar.products.list();
  });

  it('refuse a plan that makes no sense', async () => {
    expect((await plan({ provider: 'polar', mode: 'explode' })).status).toBe(400);
    expect((await plan({ provider: 'polar', mode: 'error', path: 'v1' })).status).toBe(400);
  });
});
