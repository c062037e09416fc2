import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BillingOwnerModule, BillingOwners } from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';

const OWNER = '0190a6b2-7c5e-7000-8000-000000000001';

let test: LibsApp;
beforeAll(async () => {
  test = await createLibsApp([BillingOwnerModule]);
});
afterAll(() => test.close());
beforeEach(() => test.database.query('delete from billing_owner'));

const insertOwner = (): Promise<unknown> =>
  test.database.query(`insert into billing_owner (id, user_id, created_at) values ($1, 'ada', now())`, [
    OWNER,
  ]);
const insertSubscription = (): Promise<unknown> =>
  test.database.query('insert into subscription (owner_id) values ($1)', [OWNER]);
const count = async (table: 'billing_owner' | 'subscription'): Promise<number> => {
  const [row] = await test.database.query<{ n: number }[]>(`select count(*)::int as n from ${table}`);
  return row?.n ?? -1;
};
const registerAda = (): Promise<string> =>
  test.app.get(TransactionRunner).run((tx) => test.app.get(BillingOwners).register(tx, 'ada'));

describe('the subscription of an owner', () => {
  it('GO-08 is one, however often it is created at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, registerAda));
    expect(new Set(ids).size).toBe(1);
    expect([await count('billing_owner'), await count('subscription')]).toEqual([1, 1]);
  });

  it('GO-08 GO-40 cannot be there twice, nor belong to nobody', async () => {
    await insertOwner();
    await insertSubscription();
    await expect(insertSubscription()).rejects.toMatchObject({ driverError: { code: '23505' } });
    await expect(
      test.database.query('insert into subscription (owner_id) values (null)'),
    ).rejects.toMatchObject({ driverError: { code: '23502' } });
    await expect(
      test.database.query('insert into subscription (owner_id) values (gen_random_uuid())'),
    ).rejects.toMatchObject({ driverError: { code: '23503' } });
    expect(await count('subscription')).toBe(1);
  });

  it('GO-40 has an owner whose user has one owner row', async () => {
    await insertOwner();
    await expect(
      test.database.query(
        `insert into billing_owner (id, user_id, created_at) values (gen_random_uuid(), 'ada', now())`,
      ),
    ).rejects.toMatchObject({ driverError: { code: '23505' } });
    await expect(
      test.database.query(
        'insert into billing_owner (id, user_id, created_at) values (gen_random_uuid(), null, now())',
      ),
    ).rejects.toMatchObject({ driverError: { code: '23502' } });
  });

  it('GO-41 GO-42 is free, active and of Polar when nothing but its owner is said', async () => {
    await insertOwner();
    await insertSubscription();
    const [row] = await test.database.query<object[]>('select * from subscription');
    expect(row).toMatchObject({
      plan: 'free',
      status: 'active',
      provider: 'polar',
      provider_customer_id: null,
      provider_subscription_id: null,
      current_period_end: null,
      amount: null,
    });
  });

  it.each(['plan', 'status', 'provider'])('GO-41 GO-42 never lacks its %s', async (column) => {
    await insertOwner();
    await insertSubscription();
    await expect(test.database.query(`update subscription set ${column} = null`)).rejects.toMatchObject({
      driverError: { code: '23502' },
    });
  });

  it('GO-44 goes with its owner', async () => {
    await insertOwner();
    await insertSubscription();
    await test.database.query('delete from billing_owner where id = $1', [OWNER]);
    expect(await count('subscription')).toBe(0);
  });

  it.each(['cancelled', 'Active', 'unknown', ''])('has no status %p', async (status) => {
    await insertOwner();
    await insertSubscription();
    await expect(test.database.query('update subscription set status = $1', [status])).rejects.toMatchObject({
      driverError: { code: '23514' },
    });
  });
});
