import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer, Caller } from '../../support/caller.js';
import { register } from '../../support/people.js';
import { providerApi, setOutage } from '../../support/sandbox-sales.js';
import { staffMember } from '../../support/staff.js';
import { ownerIdOf } from '../../support/tenants.js';

describe.each(['polar', 'stripe'] as const)('staff who link a customer of %s to a tenant', (provider) => {
  let test: TestApp;
  let staff: Caller;
  let ownerId: string;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    staff = await staffMember(test, 'admin');
    ownerId = await ownerIdOf(test, await register(test));
  });
  afterAll(() => test.close());

  const link = (customerId: string): Promise<Answer> =>
    staff.post(`/staff/tenants/${ownerId}/customers`, {
      provider,
      customerId,
      reason: 'They bought before us',
    });
  const path = provider === 'polar' ? '/polar/v1/customers/' : '/v1/customers';
  const newCustomer = async (): Promise<string> => {
    const email = `${randomUUID()}@example.test`;
    const body = provider === 'polar' ? { email } : `email=${encodeURIComponent(email)}`;
    return String((await providerApi(test, provider).send('POST', path, body)).body['id']);
  };
  const links = (): Promise<unknown[]> => test.database.query('select customer_id from provider_customer');

  it('are refused one that the provider does not have, and nothing is written', async () => {
    const deleted = await newCustomer();
    await providerApi(test, provider).delete(`${path.replace(/\/$/, '')}/${deleted}`);
    for (const unknown of [provider === 'polar' ? randomUUID() : 'cus_nobody', 'nobody', deleted])
      expect((await link(unknown)).expect(400).body).toMatchObject({
        error: 'customer_unknown',
        details: { customerId: unknown },
      });
    expect(await links()).toEqual([]);
    expect(await test.database.query(`select 1 from audit_entry where action = 'customer.linked'`)).toEqual(
      [],
    );
  });

  it('are told so while the provider gives no answer, and nothing is written', async () => {
    const customerId = await newCustomer();
    await setOutage(test, provider, 'down');
    expect((await link(customerId)).expect(503).body['error']).toBe('provider_unavailable');
    await setOutage(test, provider, 'none');
    expect(await links()).toEqual([]);
  });

  it('link one that exists', async () => {
    const customerId = await newCustomer();
    (await link(customerId)).expect(202);
    expect(await links()).toEqual([{ customer_id: customerId }]);
  });
});
