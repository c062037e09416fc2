import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
  test = await createTestApp({ provider: 'none' });
  entitlements = test.app.get(EntitlementsService);
  person = await register(test);
  caller = {
    principal: { kind: 'user', userId: person.id },
    ownerId: await ownerIdOf(test, person),
    organizationId: null,
  };
});
afterAll(() => test.close());

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
  });
});
