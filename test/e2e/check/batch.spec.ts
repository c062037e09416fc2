import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { serviceKey } from '../../support/service-keys.js';
import { createOrganization, givePlan, ownerIdOf } from '../../support/tenants.js';

let test: TestApp;
let free: Person;
let pro: Person;
let system: Caller;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  [free, pro] = [await register(test), await register(test)];
  await givePlan(test, pro, 'pro');
  system = await serviceKey(test, 'check:any');
});
afterAll(() => test.close());

interface Row {
  readonly subject: Record<string, string>;
  readonly decisions: readonly Record<string, unknown>[];
}

async function batch(caller: Caller, question: object): Promise<Row[]> {
  return (await caller.post('/v1/check/batch', question)).expect(200).body['data'] as Row[];
}

describe('POST /v1/check/batch', () => {
  it('answers for each subject about each feature, in the order they were asked', async () => {
    const team = await createOrganization(test, pro);
    const owner = await ownerIdOf(test, free);
    const subjects = [{ user: pro.id }, { user: randomUUID() }, { organization: team }, { owner }];
    const features = ['workflows', 'no-such-feature', 'ai_features'];
    const rows = await batch(system, { subjects, features });
    expect(rows.map(({ subject }) => subject)).toEqual(subjects);
    for (const { decisions } of rows) expect(decisions.map(({ feature }) => feature)).toEqual(features);
    expect(rows.map(({ decisions }) => decisions.map(({ allowed, reason }) => reason ?? allowed))).toEqual([
      [true, 'feature_unknown', true],
      ['owner_unresolved', 'owner_unresolved', 'owner_unresolved'],
      [true, 'feature_unknown', true],
      [true, 'feature_unknown', 'plan_required'],
    ]);
  });

  it('answers as the single check does', async () => {
    const features = ['workflows', 'export', 'ai_features', 'nodes_per_workflow', 'analytics-dashboard'];
    for (const person of [free, pro]) {
      const [row] = await batch(system, { subjects: [{ user: person.id }], features });
      for (const [place, feature] of features.entries())
        expect(row?.decisions[place]).toEqual(
          (await system.post('/v1/check', { feature, user: person.id })).expect(200).body,
        );
    }
  });

  it('answers for oneself to everybody else, and for nobody else', async () => {
    const features = ['ai_features'];
    expect(await batch(pro.call, { features })).toEqual([
      { subject: {}, decisions: [expect.objectContaining({ allowed: true })] },
    ]);
    const [own, foreign] = await batch(free.call, {
      features,
      subjects: [{ user: free.id }, { user: pro.id }],
    });
    expect(own?.decisions[0]).toMatchObject({ reason: 'plan_required' });
    expect(foreign?.decisions[0]).toMatchObject({ reason: 'owner_unresolved' });
  });

  it('looks at each count once, however often it is asked for', async () => {
    (await pro.call.post('/v1/check', { feature: 'executions', consume: true, quantity: 3 })).expect(200);
    const query = jest.spyOn(test.database.manager, 'query');
    const subjects = Array.from({ length: 100 }, () => ({ user: pro.id }));
    const asked = Array.from({ length: 50 }, () => ['executions', 'workflows']).flat();
    const rows = await batch(pro.call, { subjects, features: asked });
    const looks = query.mock.calls.flatMap(([sql, parameters]) =>
      sql.includes('from usage_counter')
        ? (JSON.parse(String((parameters as unknown[])[0])) as unknown[])
        : [],
    );
    query.mockRestore();
    expect(looks).toHaveLength(2);
    const used = rows.flatMap(({ decisions }) => decisions.map((decision) => decision['used']));
    expect(used).toEqual(Array.from({ length: 5_000 }, () => [3, 0]).flat());
  });

  it('takes 100 subjects and 100 features, and not one more', async () => {
    const subjects = Array.from({ length: 100 }, () => ({ user: free.id }));
    const features = Array.from({ length: 100 }, (_, index) => (index === 0 ? 'workflows' : `x-${index}`));
    const rows = await batch(system, { subjects, features });
    expect(rows).toHaveLength(100);
    expect(rows.every(({ decisions }) => decisions.length === 100)).toBe(true);
    for (const wrong of [
      { subjects: [...subjects, { user: free.id }], features },
      { subjects, features: [...features, 'one-more'] },
      { subjects: [], features },
      { subjects, features: [] },
    ])
      (await system.post('/v1/check/batch', wrong)).expect(400);
  });
});
