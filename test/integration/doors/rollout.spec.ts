import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Catalogs, type Decision, EntitlementsService } from '@tollgate/entitlements';
import { UuidV7Generator } from '@tollgate/kernel';
import { eventually } from '../../support/poll.js';
import { createDoorApp, type DoorApp, startDoorNode } from './door-app.js';
import { doorCatalog } from './door-catalog.js';
import type { DoorNode } from './door-node.js';

const MANY = 10_000;
const PART = 500;

describe('G18 a rollout of 10 % over 10,000 owners who are eligible and 2,000 who are not', () => {
  const ids = new UuidV7Generator();
  const eligible = Array.from({ length: MANY }, () => ids.next());
  const others = Array.from({ length: MANY / 5 }, () => ids.next());
  let test: DoorApp;
  let other: DoorNode;

  beforeAll(async () => {
    test = await createDoorApp({});
    await register(others, null);
    await register(eligible, 'pro');
    await roll({ percent: 10 });
    other = await startDoorNode(test.url, {});
  });
  afterAll(async () => {
    await other.close();
    await test.close();
  });

  async function register(owners: readonly string[], plan: string | null): Promise<void> {
    await test.database.query(
      `with made as (
         insert into billing_owner (id, user_id, created_at) select id::uuid, id, now() from unnest($1::text[]) as id
         returning id)
       insert into assignment (id, owner_id, plan, source, from_at)
       select gen_random_uuid(), id, $2, 'staff', now() - interval '1 day' from made where $2::text is not null`,
      [owners, plan],
    );
  }

  /** Rolls the feature `tenth`, which is for Pro and Gold, out like this. */
  async function roll(rollout: object): Promise<number> {
    const tenth = {
      name: 'Tenth',
      kind: 'flag',
      rollout,
      allowances: { pro: true, gold: true },
    } as const;
    const form = { ...doorCatalog, features: { ...doorCatalog.features, tenth } };
    const { version } = await test.app.get(Catalogs).publish(form, { author: 'test', reason: 'a tenth' });
    return version;
  }

  const heard = (version: number) =>
    eventually(async () => other.app.get(Catalogs).current().version === version);

  /** Those of the owners who are in, as a process says. */
  async function included(node: DoorNode, owners: readonly string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (let from = 0; from < owners.length; from += PART) {
      const part = owners.slice(from, from + PART);
      const decisions = await eventually(() => decisionsInTime(node, part), 60_000);
      for (const [place, { allowed }] of decisions.entries()) if (allowed) found.add(part[place] ?? '');
    }
    return found;
  }

  /** What is decided of them; null when a machine that stood still did not decide all of them in time. */
  async function decisionsInTime(node: DoorNode, owners: readonly string[]): Promise<Decision[] | null> {
    const decisions = await decisionsFor(node, owners);
    return decisions.some((decision) => !decision.allowed && decision.reason === 'unavailable')
      ? null
      : decisions;
  }

  async function decisionsFor({ app }: DoorNode, owners: readonly string[]) {
    const callers = owners.map((ownerId) => ({
      principal: { kind: 'user', userId: ownerId } as const,
      ownerId,
      organizationId: null,
    }));
    const decisions = await app.get(EntitlementsService).checkMany(callers, ['tenth']);
    return decisions.flat();
  }

  it('EE-10 EE-21 includes a tenth of the eligible, give or take one in a hundred, and nobody else', async () => {
    const { size } = await included(test, eligible);
    expect(Math.abs(size / MANY - 0.1)).toBeLessThan(0.01);
    expect((await included(test, others)).size).toBe(0);
  });

  it('includes the same on every process, and after a restart', async () => {
    const first = await included(test, eligible);
    expect(await included(other, eligible)).toEqual(first);
    await other.close();
    other = await startDoorNode(test.url, {});
    expect(await included(other, eligible)).toEqual(first);
  });

  it('drops nobody when it is raised, on either process', async () => {
    const before = await included(other, eligible);
    await heard(await roll({ percent: 20 }));
    const [here, there] = [await included(test, eligible), await included(other, eligible)];
    expect(there).toEqual(here);
    expect(Math.abs(here.size / MANY - 0.2)).toBeLessThan(0.01);
    expect([...before].filter((owner) => !here.has(owner))).toEqual([]);
  });

  it('EE-17 EE-21 does not roll anew for those who upgrade', async () => {
    await heard(await roll({ percent: 10, percentByPlan: { gold: 30 } }));
    const before = await included(other, eligible);
    await test.database.query(`update assignment set plan = 'gold'`);
    await test.database.query(`select pg_notify('tollgate', 'all')`);
    await eventually(async () => (await included(other, eligible)).size > before.size);
    const after = await included(other, eligible);
    expect(Math.abs(after.size / MANY - 0.3)).toBeLessThan(0.01);
    expect([...before].filter((owner) => !after.has(owner))).toEqual([]);
  });
});
