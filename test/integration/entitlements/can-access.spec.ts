import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Caller, EntitlementsService } from '@tollgate/entitlements';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { givePlan, ownerIdOf } from '../../support/tenants.js';

/** What every plan includes, and what only paid ones do. */
const FREE = ['workflows', 'workflows_per_organization', 'credentials', 'nodes_per_workflow', 'executions'];
const PAID = ['export', 'ai_features', 'premium_triggers', 'ai_review', 'custom_domains', 'white_label'];

let test: TestApp;
let entitlements: EntitlementsService;
let person: Person;
let caller: Caller;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none', runsWork: false });
  entitlements = test.app.get(EntitlementsService);
  person = await register(test);
  caller = await callerOf(person);
});
afterAll(() => test.close());
afterEach(() => {
  jest.restoreAllMocks();
});

const callerOf = async (user: Person): Promise<Caller> => ({
  principal: { kind: 'user', userId: user.id },
  ownerId: await ownerIdOf(test, user),
  organizationId: null,
});

const answers = async (features: readonly string[]): Promise<boolean[]> =>
  Promise.all(features.map((feature) => entitlements.canAccess(caller, feature)));

describe('canAccess', () => {
  it('SB-26 without an active subscription: yes to the free features, no to the paid ones', async () => {
    expect(await answers(FREE)).toEqual(FREE.map(() => true));
    expect(await answers(PAID)).toEqual(PAID.map(() => false));
  });

  it('SB-26 the same for an owner whose subscription row is gone or says something else', async () => {
    await test.database.query(
      `update subscription set status = 'canceled', plan = 'enterprise' where owner_id = $1`,
      [caller.ownerId],
    );
    expect(await answers(PAID)).toEqual(PAID.map(() => false));
    await test.database.query('delete from subscription where owner_id = $1', [caller.ownerId]);
    expect([await answers(FREE), await answers(PAID)]).toEqual([FREE.map(() => true), PAID.map(() => false)]);
  });

  it('says no to a feature that does not exist', async () => {
    expect(await answers(['no-such-feature', '', '__proto__', 'constructor'])).not.toContain(true);
  });

  it('says yes to the paid features while a plan includes them', async () => {
    await givePlan(test, person, 'team');
    expect(await answers(PAID)).toEqual(PAID.map(() => true));
    await givePlan(test, person, 'free');
    expect(await answers(PAID)).toEqual(PAID.map(() => false));
  });
});

describe('require', () => {
  it('answers what is allowed, and throws what is not', async () => {
    await expect(entitlements.require(caller, 'workflows')).resolves.toMatchObject({
      allowed: true,
      limit: 3,
    });
    await expect(entitlements.require(caller, 'export')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      status: 403,
      decision: { reason: 'plan_required', requiredPlans: ['pro', 'team', 'enterprise'] },
    });
    await expect(entitlements.require(caller, 'executions', { quantity: 101n })).rejects.toMatchObject({
      status: 429,
      decision: { reason: 'quota_exceeded', requested: 101, retryAfter: expect.any(Number) as unknown },
    });
  });
});

describe('the one service SB-41', () => {
  let other: Person;
  let about: Caller;

  beforeAll(async () => {
    other = await register(test);
    about = await callerOf(other);
  });

  const consume = (quantity: bigint) => entitlements.consume(about, 'executions', { quantity });

  it('answers limits: what the plan gives, what is left, and no more than that', async () => {
    expect(await entitlements.getLimit(about, 'executions')).toBe(100);
    expect(await consume(98n)).toMatchObject({ allowed: true, used: 98, remaining: 2 });
    expect(await entitlements.checkUsage(about, 'executions')).toEqual({
      limit: 100,
      current: 98,
      remaining: 2,
      canUse: true,
    });
    expect(await consume(3n)).toMatchObject({
      allowed: false,
      reason: 'quota_exceeded',
      used: 98,
      limit: 100,
    });
    expect(await consume(2n)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await entitlements.checkUsage(about, 'executions')).toMatchObject({ remaining: 0, canUse: false });
  });

  it('answers access and limits anew as soon as the plan is another one, and keeps what was used', async () => {
    expect(await entitlements.canAccess(about, 'export')).toBe(false);
    await givePlan(test, other, 'enterprise');
    expect(await entitlements.canAccess(about, 'export')).toBe(true);
    expect(await entitlements.getLimit(about, 'export')).toBe(Infinity);
    expect(await entitlements.checkUsage(about, 'executions')).toMatchObject({
      limit: 100_000,
      current: 100,
    });
  });

  it('counts overage where it is sold: allowed, marked, and kept apart', async () => {
    expect(await consume(99_900n)).toMatchObject({ allowed: true, remaining: 0 });
    expect(await consume(7n)).toMatchObject({ allowed: true, overage: true, used: 100_007 });
    const rows = await test.database.query('select quantity from usage_overage where owner_id = $1', [
      about.ownerId,
    ]);
    expect(rows).toEqual([{ quantity: '7' }]);
  });

  it('caches: what does not depend on counts is answered without a statement', async () => {
    await entitlements.canAccess(about, 'export');
    const query = jest.spyOn(test.database.manager, 'query');
    for (let time = 0; time < 50; time++)
      expect([
        await entitlements.canAccess(about, 'export'),
        (await entitlements.check(about, 'white_label')).allowed,
      ]).toEqual([true, true]);
    expect(query).not.toHaveBeenCalled();
    await entitlements.checkUsage(about, 'executions');
    expect(query).toHaveBeenCalledTimes(1);
  });
});
