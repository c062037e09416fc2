import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GivenPlans } from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { happens } from '../../support/sandbox-sales.js';

const DAY_MS = 86_400_000;

describe('plans that staff give', () => {
  let test: TestApp;
  let person: Person;
  let ownerId: string;
  let now = new Date();

  beforeAll(async () => {
    test = await createTestApp();
    now = new Date(Date.now() + DAY_MS);
    await test.moveClock(now);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    const [row] = await test.database.query<{ id: string }[]>(
      'select id from billing_owner where user_id = $1',
      [person.id],
    );
    ownerId = row?.id ?? '';
  });

  const give = (plan: string, until: Date | null = null, owner = ownerId): Promise<void> =>
    test.app.get(TransactionRunner).run((tx) =>
      test.app.get(GivenPlans).give(tx, {
        ownerId: owner,
        plan,
        until,
        reason: 'a good one',
        actor: { kind: 'system', name: 'test' },
      }),
    );
  const planOf = async (): Promise<unknown> => {
    const { data } = (await person.call.get('/v1/entitlements')).expect(200).body as {
      data: { feature: string; plan: string }[];
    };
    return data.find(({ feature }) => feature === 'workflows')?.plan;
  };
  const hasPlan = (plan: string) => eventually(async () => (await planOf()) === plan, 3_000);

  it('hold at once, without a provider and without touching the subscription row', async () => {
    const before = await subscriptionOf(person);
    await give('enterprise');
    expect(await hasPlan('enterprise')).toBe(true);
    (await person.call.post('/v1/export')).expect(200);
    expect(await subscriptionOf(person)).toEqual(before);
  });

  it('end at their date, to the second', async () => {
    const until = new Date(now.getTime() + DAY_MS);
    await give('pro', until);
    await hasPlan('pro');
    now = new Date(until.getTime() - 1_000);
    await test.moveClock(now);
    expect(await planOf()).toBe('pro');
    now = until;
    await test.moveClock(now);
    expect(await planOf()).toBe('free');
  });

  it('win over a lower plan that was bought, and give way to nothing that the provider says', async () => {
    await buy(test, person, { plan: 'pro', interval: 'month' });
    await give('enterprise');
    await hasPlan('enterprise');
    const { providerSubscriptionId } = await subscriptionOf(person);
    await happens(test, String(providerSubscriptionId), 'revoke');
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'free');
    expect(await planOf()).toBe('enterprise');
    expect(
      await test.database.query(
        `select plan, to_at from assignment where owner_id = $1 and source = 'staff'`,
        [ownerId],
      ),
    ).toEqual([{ plan: 'enterprise', to_at: null }]);
  });

  it('are refused below a plan that was bought: they would change nothing', async () => {
    await buy(test, person, { plan: 'enterprise', interval: 'month', seats: 1 });
    await expect(give('pro')).rejects.toMatchObject({ kind: 'conflict', code: 'plan_conflict' });
    await expect(give('enterprise')).resolves.toBeUndefined();
  });

  it('are taken back by giving the default plan, which leaves what was bought', async () => {
    await buy(test, person, { plan: 'pro', interval: 'month' });
    await give('enterprise');
    await hasPlan('enterprise');
    await give('free');
    expect(await hasPlan('pro')).toBe(true);
    await give('free');
    expect(await planOf()).toBe('pro');
    expect(
      await test.database.query(
        `select plan from assignment where owner_id = $1 and source = 'staff' and to_at is distinct from $2`,
        [ownerId, now],
      ),
    ).toEqual([]);
  });

  it('replace what was given before', async () => {
    await give('enterprise');
    await hasPlan('enterprise');
    await give('team');
    expect(await hasPlan('team')).toBe(true);
  });

  it.each([
    ['an end that has passed', () => give('pro', new Date(now.getTime() - 1)), 'until_past'],
    ['an end that is now', () => give('pro', now), 'until_past'],
    ['an unknown plan', () => give('platinum'), 'plan_unknown'],
    ['an unknown owner', () => give('pro', null, '00000000-0000-7000-8000-000000000000'), 'not_found'],
  ])('are refused with %s, writing nothing', async (_, attempt, code) => {
    const count = () => test.database.query('select count(*) from audit_entry');
    const before = await count();
    await expect(attempt()).rejects.toMatchObject({ code });
    expect(await count()).toEqual(before);
    expect(await planOf()).toBe('free');
  });

  it('are audited with reason, before and after', async () => {
    await give('pro');
    const [entry] = await test.database.query(
      'select actor, action, reason, before, after from audit_entry where owner_id = $1',
      [ownerId],
    );
    expect(entry).toMatchObject({
      action: 'plan.given',
      reason: 'a good one',
      before: { plan: 'free' },
      after: { plan: 'pro', until: null },
    });
  });
});
