import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SandboxOptions } from '../options.js';
import { startSandbox, TEST_CATALOG, type TestSandbox } from '../testing/start-sandbox.js';

describe('the state file', () => {
  let directory: string;
  let running: TestSandbox[];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'sandbox-state-'));
    running = [];
  });
  afterEach(async () => {
    for (const sandbox of running) await sandbox.close();
    rmSync(directory, { recursive: true });
  });

  const start = async (options: Partial<SandboxOptions>): Promise<TestSandbox> => {
    const sandbox = await startSandbox(options);
    running.push(sandbox);
    return sandbox;
  };

  it('brings customers, subscriptions, the clock and waiting events over a restart', async () => {
    const stateFile = join(directory, 'nested', 'state.json');
    const first = await start({ stateFile });
    const customer = await first.polar.customers.create({ email: 'ada@example.com', external_id: 'owner-1' });
    const sold = await first.control('POST', '/subscriptions', {
      provider: 'polar',
      customer: customer.id,
      sellable: 'pro_monthly',
    });
    await first.travel('2030-01-01T00:00:00Z');
    first.polarEndpoint.status = 500;
    await first.control('POST', '/webhooks/emit', { provider: 'polar', type: 'order.paid', data: null });
    const renewed = await first.polar.subscriptions.get(String(sold.body['id']));
    await first.close();

    const second = await start({ stateFile });
    expect((await second.control('GET', '/clock')).body).toMatchObject({
      now: '2030-01-01T00:00:00.000Z',
      frozen: true,
    });
    expect(await second.polar.subscriptions.get(renewed.id)).toEqual(renewed);
    expect((await second.polar.customers.getExternal('owner-1')).id).toBe(customer.id);
    await second.control('POST', '/webhooks/flush');
    expect(second.polarEndpoint.received.map((one) => one.type)).toEqual(['order.paid']);
    expect(readdirSync(join(directory, 'nested'))).toEqual(['state.json']);
  });

  it('makes a product again only when its catalog entry was edited', async () => {
    const stateFile = join(directory, 'state.json');
    const first = await start({ stateFile });
    await first.control('PATCH', '/products/pro_monthly', { price: 1 });
    await first.control('PATCH', '/products/pro_yearly', { price: 1 });
    await first.close();
    const catalog = TEST_CATALOG.map((one) => (one.key === 'pro_yearly' ? { ...one, amount: 77_700 } : one));
    const second = await start({ stateFile, catalog });
    expect((await second.stripe.prices.retrieve('price_pro_monthly')).unit_amount).toBe(1);
    expect((await second.stripe.prices.retrieve('price_pro_yearly')).unit_amount).toBe(77_700);
  });

  it.each(['not json', '{"version":2}', '[]'])(
    'refuses to start from %s, naming the file',
    async (content) => {
      const stateFile = join(directory, 'state.json');
      writeFileSync(stateFile, content);
      await expect(startSandbox({ stateFile })).rejects.toThrow(stateFile);
    },
  );
});
