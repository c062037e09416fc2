import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BillingOwners } from '@tollgate/billing';
import type { CatalogForm } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { createTestApp, type TestApp } from '../../support/app.js';
import { serviceKey } from '../../support/service-keys.js';

const MANY = 100;
const features = Array.from({ length: MANY }, (_, index) => `flag-${index}`);
const catalog: CatalogForm = {
  defaultPlan: 'free',
  plans: { free: { name: 'Free', rank: 0 } },
  features: Object.fromEntries(
    features.map((key) => [key, { name: key, kind: 'flag', allowances: { free: true } }]),
  ),
};

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none', catalog, runsWork: false });
});
afterAll(() => test.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** Registers owners whom no process has looked at yet. */
async function coldOwners(from: number): Promise<{ user: string; owner: string }[]> {
  const owners = test.app.get(BillingOwners, { strict: false });
  return test.app.get(TransactionRunner).run(async (tx) => {
    const made: { user: string; owner: string }[] = [];
    for (let number = from; number < from + MANY; number += 1) {
      const user = `cold-${number}`;
      made.push({ user, owner: await owners.register(tx, user) });
    }
    return made;
  });
}

/** The statements of the requests: the use of a key is noted beside them, whenever its half second is over. */
function asked(query: { mock: { calls: [string, ...unknown[]][] } }): string[] {
  return query.mock.calls.map(([sql]) => sql).filter((sql) => !sql.includes('set last_used_at'));
}

describe('a batch of 100 cold owners and 100 features', () => {
  it.each(['user', 'owner'] as const)('named by %s is one statement', async (by) => {
    const system = await serviceKey(test, 'check:any');
    const cold = await coldOwners(by === 'user' ? 0 : MANY);
    (await system.get('/v1/me')).expect(200);
    const question = { features, subjects: cold.map((one) => ({ [by]: one[by] })) };
    const query = jest.spyOn(test.database.manager, 'query');
    const { body } = (await system.post('/v1/check/batch', question)).expect(200);
    expect(asked(query)).toHaveLength(1);
    const rows = body['data'] as { decisions: { allowed: boolean }[] }[];
    expect(rows.flatMap(({ decisions }) => decisions).filter(({ allowed }) => allowed)).toHaveLength(
      MANY * MANY,
    );
    (await system.post('/v1/check/batch', question)).expect(200);
    expect(asked(query)).toHaveLength(1);
  });
});
