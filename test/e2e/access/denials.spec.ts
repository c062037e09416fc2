import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { givePlan, placesOf } from '../../support/tenants.js';

let test: TestApp;
let free: Person;
let pro: Person;
/** What the process wrote to stdout. */
const lines: string[] = [];
let stdout: jest.Spied<typeof process.stdout.write>;

beforeAll(async () => {
  stdout = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((line) => Boolean(lines.push(String(line))));
  test = await createTestApp({ provider: 'none', environment: { TOLLGATE_DECISION_LOG: 'denied' } });
  [free, pro] = await Promise.all([register(test), register(test)]);
  await givePlan(test, pro, 'pro');
});
afterAll(async () => {
  stdout.mockRestore();
  await test.close();
});

const workflows = async (): Promise<number> => {
  const [row] = await test.database.query<{ n: number }[]>('select count(*)::int as n from workflow');
  return row?.n ?? -1;
};

describe('a caller without credentials', () => {
  it.each([
    ['POST', '/v1/export'],
    ['POST', '/api/export'],
    ['GET', '/v1/analytics'],
    ['POST', '/v1/workflows'],
    ['GET', '/v1/workflows'],
    ['GET', '/v1/workflows/not-an-id'],
    ['DELETE', '/v1/workflows/0190a6b2-7c5e-7000-8000-000000000001'],
    ['GET', '/v1/subscription'],
    ['GET', '/v1/entitlements'],
    ['POST', '/v1/checkout'],
    ['POST', '/v1/portal'],
  ])('EE-02 is told only that, on %s %s', async (method, path) => {
    const answer = await test.anonymous
      .with({ 'tollgate-organization': 'no-such-organization' })
      .send(method, path, method === 'POST' ? { nonsense: true } : undefined);
    expect(answer.expect(401).body).toEqual({
      error: 'unauthenticated',
      message: 'Sign in to use this',
      upgradeUrl: '/pricing',
      reason: 'unauthenticated',
    });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('EE-02 with credentials that are wrong is not taken for somebody', async () => {
    for (const token of ['tg_00000000_nonsense', 'a.b.c', 'null']) {
      const caller = test.anonymous.with({ authorization: `Bearer ${token}` });
      (await caller.post('/v1/export')).expect(401);
    }
  });
});

describe('a caller on the free plan', () => {
  it('EE-12 leaves one line of JSON on stdout for each denial, and none for what is allowed', async () => {
    lines.length = 0;
    (await free.call.post('/v1/export')).expect(403);
    (await pro.call.post('/v1/export')).expect(200);
    (await free.call.post('/v1/check', { feature: 'export' })).expect(200);
    const entries = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ event }) => event === 'decision');
    const about = {
      feature: 'export',
      allowed: false,
      reason: 'plan_required',
      principal: `user:${free.id}`,
    };
    expect(entries).toEqual([
      expect.objectContaining({ ...about, askedFor: 'door' }),
      expect.objectContaining({ ...about, askedFor: 'check' }),
    ]);
  });

  it.each(['/v1/export', '/api/export'])(
    'EE-03 learns from %s which plans include it, lowest rank first',
    async (path) => {
      expect((await free.call.post(path)).expect(403).body).toEqual({
        error: 'upgrade_required',
        message: 'This feature requires a paid plan',
        upgradeUrl: '/pricing',
        feature: 'export',
        plan: 'free',
        reason: 'plan_required',
        requiredPlans: ['pro', 'team', 'enterprise'],
      });
    },
  );

  it('FX-03 is refused without any user interface, and nothing is made', async () => {
    for (const name of ['one', 'two', 'three']) (await free.call.post('/v1/workflows', { name })).expect(201);
    const before = [await workflows(), await placesOf(test, free, 'workflows')];

    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = (await free.call.post('/v1/workflows', { name: 'four' })).expect(403);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.body).toMatchObject({
        error: 'capacity_reached',
        message: 'The limit of this plan is reached',
        upgradeUrl: '/pricing',
        feature: 'workflows',
        plan: 'free',
        reason: 'capacity_reached',
        limit: 3,
        used: 3,
      });
      expect(answer.body).not.toHaveProperty('ownerId');
    }
    expect([await workflows(), await placesOf(test, free, 'workflows')]).toEqual(before);
  });

  it('is not shown analytics before the plan, whatever the rollout', async () => {
    expect((await free.call.get('/v1/analytics')).expect(403).body).toMatchObject({
      reason: 'plan_required',
    });
  });
});

describe('a caller on a paid plan', () => {
  it('loses nothing of the free plan', async () => {
    expect((await pro.call.get('/v1/entitlements')).expect(200).body['data']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ feature: 'workflows', allowed: true, limit: 25, used: 0 }),
        expect.objectContaining({ feature: 'white_label', allowed: false, reason: 'plan_required' }),
      ]),
    );
  });

  it('still needs to be rolled out to, and is told so in other words', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => register(test)));
    await Promise.all(people.map((person) => givePlan(test, person, 'pro')));
    const answers = await Promise.all(people.map((person) => person.call.get('/v1/analytics')));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused)
      expect(answer.expect(403).body).toMatchObject({ error: 'not_rolled_out', reason: 'not_rolled_out' });
    const again = await Promise.all(people.map((person) => person.call.get('/v1/analytics')));
    expect(again.map(({ status }) => status)).toEqual(answers.map(({ status }) => status));
  });
});
