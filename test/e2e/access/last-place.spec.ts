import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { createOrganization, givePlan, join, placesOf, within } from '../../support/tenants.js';

const AT_ONCE = 20;

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
});
afterAll(() => test.close());

const fill = async (caller: Caller, count: number): Promise<void> => {
  for (let n = 0; n < count; n++) (await caller.post('/v1/workflows', { name: `number ${n}` })).expect(201);
};

/** Twenty requests at once, shared out over the callers: one makes a workflow, the others are told why not. */
async function expectOneWinner(callers: readonly Caller[], feature: string, limit: number): Promise<void> {
  const requests = Array.from({ length: AT_ONCE }, (_, n) =>
    callers[n % callers.length]?.post('/v1/workflows', { name: `attempt ${n}` }),
  );
  const answers = (await Promise.all(requests)).filter((answer) => answer !== undefined);
  const losers = answers.filter(({ status }) => status !== 201);
  expect(losers).toHaveLength(AT_ONCE - 1);
  for (const loser of losers)
    expect(loser.expect(403).body).toMatchObject({ error: 'capacity_reached', feature, limit, used: limit });
}

const workflowsOf = async (people: readonly Person[], organizations: readonly string[]): Promise<number> => {
  const [row] = await test.database.query<{ n: number }[]>(
    `select count(*)::int as n from workflow
     where organization_id = any($1) or (organization_id is null and user_id = any($2))`,
    [organizations, people.map(({ id }) => id)],
  );
  return row?.n ?? -1;
};

describe('twenty requests at once for the last place', () => {
  it('in a personal space make one workflow', async () => {
    const person = await register(test);
    await fill(person.call, 2);
    await expectOneWinner([person.call], 'workflows', 3);
    expect(await placesOf(test, person, 'workflows')).toEqual({ total: 3, personal: 3 });
    expect(await workflowsOf([person], [])).toBe(3);
  });

  it('in an organization make one workflow, and those refused leave no count in the total', async () => {
    const [payer, member] = [await register(test), await register(test)];
    await givePlan(test, payer, 'pro');
    const team = await createOrganization(test, payer);
    await join(test, team, member);
    await fill(within(team, member), 14);
    await expectOneWinner([within(team, payer), within(team, member)], 'workflows_per_organization', 15);
    expect(await placesOf(test, payer, 'workflows')).toEqual({ total: 15, [team]: 15 });
    expect(await placesOf(test, payer, 'workflows_per_organization')).toEqual({ [team]: 15 });
    expect(await workflowsOf([payer], [team])).toBe(15);
  });

  it('of all that one owner pays for make one workflow, wherever they are made', async () => {
    const payer = await register(test);
    await givePlan(test, payer, 'pro');
    const organizations = [await createOrganization(test, payer), await createOrganization(test, payer)];
    const callers = [payer.call, ...organizations.map((id) => within(id, payer))];
    for (const caller of callers) await fill(caller, 8);
    await expectOneWinner(callers, 'workflows', 25);
    expect(await placesOf(test, payer, 'workflows')).toMatchObject({ total: 25 });
    const shares = await placesOf(test, payer, 'workflows_per_organization');
    const { total: _total, personal = 0, ...parts } = await placesOf(test, payer, 'workflows');
    expect(parts).toEqual(shares);
    expect(personal + Object.values(shares).reduce((sum, share) => sum + share, 0)).toBe(25);
    expect(await workflowsOf([payer], organizations)).toBe(25);
  });
});
