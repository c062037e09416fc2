import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '@tollgate/kernel';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { createOrganization, givePlan, join, ownerIdOf, within } from '../../support/tenants.js';

let test: TestApp;
let payer: Person;
let member: Person;
let stranger: Person;
let team: string;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  [payer, member, stranger] = await Promise.all([register(test), register(test), register(test)]);
  await givePlan(test, payer, 'pro');
  team = await createOrganization(test, payer);
  await join(test, team, member);
  for (const caller of [payer.call, payer.call, within(team, member), within(team, payer)])
    (await caller.post('/v1/export')).expect(200);
});
afterAll(() => test.close());

interface Sum {
  readonly feature: string;
  readonly organizationId: string | null;
  readonly principal: string;
  readonly quantity: number;
}

const dayMs = 86_400_000;

async function usageOf(caller: Caller, query: Record<string, string> = {}): Promise<Sum[]> {
  const now = test.app.get(Clock).now().getTime();
  const range = { from: new Date(now - dayMs).toISOString(), to: new Date(now + dayMs).toISOString() };
  const search = new URLSearchParams({ ...range, ...query });
  return (await caller.get(`/v1/usage?${search.toString()}`)).expect(200).body['data'] as Sum[];
}

const total = (sums: readonly Sum[]): number => sums.reduce((sum, { quantity }) => sum + quantity, 0);

describe('usage over HTTP', () => {
  it('FX-48 adds up to the counter, by day, hour and month, and can be narrowed down', async () => {
    const [counter] = await test.database.query<{ used: string }[]>(
      `select used from usage_counter where owner_id = $1 and feature = 'export'`,
      [await ownerIdOf(test, payer)],
    );
    expect(Number(counter?.used)).toBe(4);
    for (const step of ['hour', 'day', 'month']) expect(total(await usageOf(payer.call, { step }))).toBe(4);
    expect(total(await usageOf(payer.call, { organization: team }))).toBe(2);
    expect(total(await usageOf(payer.call, { organization: 'personal' }))).toBe(2);
    expect(total(await usageOf(payer.call, { principal: `user:${member.id}` }))).toBe(1);
    expect(total(await usageOf(payer.call, { feature: 'executions' }))).toBe(0);
  });

  it('FX-46 is the number that the decision used', async () => {
    const snapshot = (await payer.call.get('/v1/entitlements')).expect(200).body['data'] as {
      feature: string;
      used?: number;
    }[];
    expect(snapshot.find(({ feature }) => feature === 'export')?.used).toBe(total(await usageOf(payer.call)));
  });

  it('shows a member what was used in the organization, and nobody what is another’s', async () => {
    expect(total(await usageOf(within(team, member)))).toBe(2);
    expect(total(await usageOf(within(team, member), { organization: 'personal' }))).toBe(2);
    expect(await usageOf(member.call)).toEqual([]);
    expect(await usageOf(stranger.call, { organization: team })).toEqual([]);
    (await within(team, stranger).get('/v1/usage?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z')).expect(
      403,
    );
  });

  it.each([
    ['nothing', ''],
    ['no instant', 'from=yesterday&to=2026-01-02T00:00:00Z'],
    ['an end before its beginning', 'from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z'],
    ['the last day that has a spelling', 'from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:59Z'],
    ['a day beyond it, by its offset', 'from=9999-12-31T00:00:00Z&to=9999-12-31T23:59:59-12:00'],
    ['the years before there were any', 'from=0099-12-30T00:00:00Z&to=0099-12-31T00:00:00Z'],
    ['a century', 'from=1926-01-01T00:00:00Z&to=2026-01-02T00:00:00Z'],
    ['a step of its own', 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&step=year'],
    ['an organization that is no id', "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&organization=x'--"],
    ['something else', 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z&owner=1'],
  ])('refuses to add up %s', async (_name, search) => {
    const answer = await payer.call.get(`/v1/usage?${search}`);
    expect(['invalid_request', 'range_invalid']).toContain(answer.expect(400).body['error']);
  });
});
