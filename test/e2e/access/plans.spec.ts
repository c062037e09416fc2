import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitlementsService } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { CapacityCounters, UNLIMITED } from '@tollgate/usage';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { whileInsertsFail } from '../../support/planted-failures.js';
import { givePlan, ownerIdOf, placesOf } from '../../support/tenants.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  test.app.useLogger(false);
});
afterAll(() => test.close());

const onPlan = async (plan: string): Promise<Person> => {
  const person = await register(test);
  if (plan !== 'free') await givePlan(test, person, plan);
  return person;
};
const create = (person: Person, name: string): Promise<Answer> => person.call.post('/v1/workflows', { name });
const createMany = async (person: Person, count: number): Promise<number> => {
  const answers = await Promise.all(Array.from({ length: count }, (_, n) => create(person, `number ${n}`)));
  return answers.filter(({ status }) => status === 201).length;
};
const may = async (person: Person, feature: string): Promise<boolean> =>
  test.app.get(EntitlementsService).canAccess(
    {
      principal: { kind: 'user', userId: person.id },
      ownerId: await ownerIdOf(test, person),
      organizationId: null,
    },
    feature,
  );

describe('the plans of the seeded catalog', () => {
  it('GO-10 free: three workflows, and the fourth is refused', async () => {
    const person = await onPlan('free');
    expect(await createMany(person, 3)).toBe(3);
    expect((await create(person, 'the fourth')).expect(403).body).toMatchObject({
      error: 'capacity_reached',
      limit: 3,
      used: 3,
    });
    (await person.call.post('/v1/export')).expect(403);
  });

  it('are told in the headers: how many more fit, when one has been made', async () => {
    const person = await onPlan('free');
    const { headers } = (await create(person, 'the first')).expect(201);
    expect(headers.get('ratelimit')).toBe('"workflows";r=2');
    expect(headers.get('ratelimit-policy')).toBe('"workflows";q=3');
    const unlimited = (await create(await onPlan('enterprise'), 'one of many')).expect(201);
    expect(unlimited.headers.get('ratelimit')).toBeNull();
  });

  it('GO-11 pro: 25 workflows and export, and the 26th is refused', async () => {
    const person = await onPlan('pro');
    expect(await createMany(person, 25)).toBe(25);
    expect((await create(person, 'the 26th')).expect(403).body).toMatchObject({
      error: 'capacity_reached',
      limit: 25,
      used: 25,
    });
    const { body } = (await person.call.post('/v1/export')).expect(200);
    expect(body['workflows']).toHaveLength(25);
    expect(await may(person, 'priority_support')).toBe(false);
  });

  it('GO-12 enterprise: a thousand workflows and one more, export and priority support', async () => {
    const person = await onPlan('enterprise');
    const place = { ownerId: await ownerIdOf(test, person), organizationId: null };
    const limit = { feature: 'workflows', countedBy: 'owner', limit: UNLIMITED } as const;
    await test.app.get(TransactionRunner).run(async (tx) => {
      for (let n = 0; n < 1_000; n++) await test.app.get(CapacityCounters).take(tx, place, limit);
      await tx.query(
        `insert into workflow (id, name, user_id, created_at)
         select gen_random_uuid(), 'number ' || n, $1, now() from generate_series(1, 1000) as n`,
        [person.id],
      );
    });
    (await create(person, 'one more')).expect(201);
    expect(await placesOf(test, person, 'workflows')).toMatchObject({ total: 1_001 });
    const { body } = (await person.call.post('/v1/export')).expect(200);
    expect(body['workflows']).toHaveLength(1_001);
    expect(await may(person, 'priority_support')).toBe(true);
    const snapshot = (await person.call.get('/v1/entitlements')).expect(200).body['data'];
    expect(snapshot).toContainEqual(
      expect.objectContaining({ feature: 'workflows', allowed: true, limit: -1, used: 1_001 }),
    );
  });

  it('EE-22 pro: 50 exports a day; enterprise: ten thousand and one more', async () => {
    const exports = async (person: Person, times: number): Promise<number> => {
      const caller = {
        principal: { kind: 'user', userId: person.id },
        ownerId: await ownerIdOf(test, person),
        organizationId: null,
      } as const;
      const service = test.app.get(EntitlementsService);
      const decisions = [];
      // As many at once as a busy process has: who waits longer than three seconds is told that it is unavailable.
      for (let left = times; left > 0; left -= 250) {
        const together = Array.from({ length: Math.min(left, 250) }, () => service.consume(caller, 'export'));
        decisions.push(...(await Promise.all(together)));
      }
      return decisions.filter(({ allowed }) => allowed).length;
    };
    const [pro, enterprise] = [await onPlan('pro'), await onPlan('enterprise')];
    expect(await exports(pro, 51)).toBe(50);
    expect((await pro.call.post('/v1/export')).expect(429).body).toMatchObject({
      reason: 'quota_exceeded',
      limit: 50,
      used: 50,
    });
    expect(await exports(enterprise, 10_000)).toBe(10_000);
    (await enterprise.call.post('/v1/export')).expect(200);
    const snapshot = (await enterprise.call.get('/v1/entitlements')).expect(200).body['data'];
    expect(snapshot).toContainEqual(
      expect.objectContaining({ feature: 'export', allowed: true, limit: -1, used: 10_001 }),
    );
  });

  it('give a place back with the workflow that is deleted, once, also when two delete it', async () => {
    const person = await onPlan('free');
    expect(await createMany(person, 3)).toBe(3);
    const { data } = (await person.call.get('/v1/workflows')).body as { data: { id: string }[] };
    const path = `/v1/workflows/${data[0]?.id}`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => person.call.delete(path)));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(3);
    expect(await placesOf(test, person, 'workflows')).toEqual({ total: 2, personal: 2 });
    expect(await createMany(person, 5)).toBe(1);
  });

  it('count nothing when the workflow itself cannot be stored', async () => {
    const person = await onPlan('free');
    await whileInsertsFail(test.database, 'workflow', async () => {
      (await create(person, 'never')).expect(503);
    });
    expect(await placesOf(test, person, 'workflows')).toEqual({});
    expect(await createMany(person, 5)).toBe(3);
  });

  it('delete nothing and refuse the next when a plan ends with more than the free one allows', async () => {
    const person = await onPlan('pro');
    expect(await createMany(person, 5)).toBe(5);
    await givePlan(test, person, 'free');
    expect((await create(person, 'no')).expect(403).body).toMatchObject({
      error: 'over_limit',
      limit: 3,
      used: 5,
    });
    const { body } = (await person.call.get('/v1/workflows')).expect(200);
    expect(body['data']).toHaveLength(5);
  });
});
