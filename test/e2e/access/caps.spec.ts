import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobRegistry } from '@tollgate/kernel';
import { CapacityRecount } from '@tollgate/usage';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { createOrganization, givePlan, ownerIdOf, within } from '../../support/tenants.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
});
afterAll(() => test.close());

const make = (caller: Caller) => caller.post('/v1/workflows', { name: 'one more' });

async function fill(caller: Caller, count: number): Promise<void> {
  for (let n = 0; n < count; n++) (await make(caller)).expect(201);
}

async function payerWithTwoOrganizations(
  plan: string,
): Promise<{ person: Person; first: Caller; second: Caller }> {
  const person = await register(test);
  await givePlan(test, person, plan);
  const [one, other] = [await createOrganization(test, person), await createOrganization(test, person)];
  return { person, first: within(one, person), second: within(other, person) };
}

describe('caps over the organizations of one payer', () => {
  it('FX-09 close the organization that is full, and no other one', async () => {
    const { first, second } = await payerWithTwoOrganizations('pro');
    await fill(first, 15);
    const refused = (await make(first)).expect(403).body;
    expect(refused).toMatchObject({
      reason: 'capacity_reached',
      feature: 'workflows_per_organization',
      limit: 15,
    });
    (await make(second)).expect(201);
  });

  it('FX-10 count in total over the personal space and all organizations, although each has room', async () => {
    const { person, first, second } = await payerWithTwoOrganizations('pro');
    await fill(first, 12);
    await fill(second, 10);
    await fill(person.call, 3);
    for (const caller of [first, second, person.call])
      expect((await make(caller)).expect(403).body).toMatchObject({
        reason: 'capacity_reached',
        feature: 'workflows',
        limit: 25,
        used: 25,
      });
  });
});

describe('the recount of workflows', () => {
  const recount = () => test.app.get(CapacityRecount).run();

  it('finds nothing wrong with what was made and deleted over HTTP', async () => {
    const { person, first, second } = await payerWithTwoOrganizations('pro');
    // The recount looks while things are made: what is on its way is not taken for wrong.
    const made = Promise.all([first, second, person.call].map((caller) => fill(caller, 3)));
    const looks = [await recount(), await recount()];
    await made;
    expect(looks).toEqual([[], []]);
    for (const caller of [first, person.call]) {
      const { data } = (await caller.get('/v1/workflows')).expect(200).body as { data: { id: string }[] };
      (await caller.delete(`/v1/workflows/${data[0]?.id}`)).expect(204);
    }
    expect(await recount()).toEqual([]);
  });

  it('reports and mends counts that drifted, in total and in an organization, so that there is room again', async () => {
    const { person, first } = await payerWithTwoOrganizations('pro');
    const ownerId = await ownerIdOf(test, person);
    await fill(first, 15);
    await fill(person.call, 2);
    // Somebody removed rows by hand, past the product.
    const [gone] = await test.database.query<{ organization_id: string }[]>(
      `with gone as (
         delete from workflow where id in (
           select w.id from workflow w join organization o on o.id = w.organization_id
           where o.billing_owner_id = $1 limit 5)
         returning organization_id)
       select organization_id from gone`,
      [ownerId],
    );
    expect((await make(first)).expect(403).body).toMatchObject({ reason: 'capacity_reached' });
    const job = test.app
      .get(JobRegistry)
      .all()
      .find(({ name }) => name === 'usage.recount-capacity');
    expect(await job?.run(new Date('2027-01-01T00:00:00Z'))).toBe(3);
    const rows = await test.database.query(
      'select feature, space, used from capacity_counter where owner_id = $1 and used > 0 order by feature, space',
      [ownerId],
    );
    const space = gone?.organization_id;
    expect(rows).toEqual([
      { feature: 'workflows', space, used: '10' },
      { feature: 'workflows', space: 'personal', used: '2' },
      { feature: 'workflows', space: 'total', used: '12' },
      { feature: 'workflows_per_organization', space, used: '10' },
    ]);
    expect(await recount()).toEqual([]);
    (await make(first)).expect(201);
  });
});
