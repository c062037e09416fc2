import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import {
  type Caller as Asking,
  type CatalogForm,
  Catalogs,
  EntitlementsService,
} from '@tollgate/entitlements';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { startNode } from '../../support/second-node.js';
import { staffMember } from '../../support/staff.js';
import { givePlan, ownerIdOf } from '../../support/tenants.js';

let test: TestApp;
let other: INestApplicationContext;
let editor: Caller;
let person: Person;
let asking: Asking;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  other = await startNode(test, { runsWork: false });
  editor = await staffMember(test, 'catalog');
  person = await register(test);
  await givePlan(test, person, 'pro');
  asking = {
    principal: { kind: 'user', userId: person.id },
    ownerId: await ownerIdOf(test, person),
    organizationId: null,
  };
});
afterAll(async () => {
  await other.close();
  await test.close();
});

async function publish(
  change: (features: CatalogForm['features']) => CatalogForm['features'],
): Promise<void> {
  const { catalog } = (await editor.get('/staff/catalog')).expect(200).body['data'] as {
    catalog: CatalogForm;
  };
  const form = { ...catalog, features: change(catalog.features) };
  const begun = (await editor.post('/staff/catalog/drafts', { catalog: form, reason: 'a change' })).expect(
    201,
  );
  const { id, revision } = begun.body['data'] as { id: string; revision: number };
  (await editor.post(`/staff/catalog/drafts/${id}/publish`, { revision, reason: 'a change' })).expect(200);
}

/** What the API's snapshot says of a feature. */
async function inSnapshot(feature: string): Promise<Record<string, unknown> | undefined> {
  const { body } = (await person.call.get('/v1/entitlements')).expect(200);
  return (body['data'] as Record<string, unknown>[]).find((decision) => decision['feature'] === feature);
}

/** What the pricing page says that Pro includes. */
async function inPricing(feature: string): Promise<unknown> {
  const { plans } = (await test.anonymous.get('/v1/pricing')).expect(200).body as {
    plans: { key: string; features: { key: string; limit: unknown }[] }[];
  };
  const pro = plans.find(({ key }) => key === 'pro');
  return pro?.features.find(({ key }) => key === feature)?.limit;
}

/** What a service of each process says of a feature: a job in the worker asks nothing else. */
const inServices = (feature: string) =>
  Promise.all(
    [test.app, other].map((app) => app.get(EntitlementsService, { strict: false }).check(asking, feature)),
  );

describe('one definition', () => {
  it('EE-23 holds plans, rollout, rates and limits, and is what every process decides by', async () => {
    expect((await inSnapshot('export'))?.['limit']).toBe(50);
    await publish((features) => ({
      ...features,
      export: {
        ...features['export'],
        rollout: { percent: 0, include: { owners: [asking.ownerId] } },
        rates: [{ limit: 3, perSeconds: 60, by: 'user' }],
        allowances: { pro: 55 },
      },
    }));
    await eventually(async () => (await inServices('export')).every((decision) => decision.limit === 55));
    const feature = other.get(Catalogs, { strict: false }).current().features.get('export');
    expect(feature).toMatchObject({
      rollout: { percent: 0, include: { owners: [asking.ownerId] } },
      rates: [{ limit: 3, perSeconds: 60, by: 'user' }],
      allowances: new Map([['pro', { limit: 55n, overage: 'deny' }]]),
    });
  });

  it('EE-25 a limit that is changed from 50 to 60 is 60 within a second in the API, its snapshot, the pricing page and both processes', async () => {
    await publish((features) => ({
      ...features,
      export: { ...features['export'], rollout: undefined, allowances: { pro: 50 } },
    }));
    await eventually(async () => (await inSnapshot('export'))?.['limit'] === 50);
    await publish((features) => ({
      ...features,
      export: { ...features['export'], allowances: { pro: 60 } },
    }));
    // The bound of the contract, not a measure of speed.
    await eventually(
      async () => (await inServices('export')).every((decision) => decision.limit === 60),
      1_000,
    );
    expect((await inSnapshot('export'))?.['limit']).toBe(60);
    expect(await inPricing('export')).toBe(60);
    expect((await person.call.post('/v1/export')).expect(200).status).toBe(200);
  });

  it('EE-24 takes rollout and limits with it when it goes: the feature is unknown everywhere, never unlimited', async () => {
    await publish((features) => ({ ...features, export: { ...features['export'], allowances: {} } }));
    await publish(({ export: _gone, ...features }) => features);
    await eventually(async () =>
      (await inServices('export')).every(
        (decision) => !decision.allowed && decision.reason === 'feature_unknown',
      ),
    );
    expect(await inSnapshot('export')).toBeUndefined();
    expect((await person.call.post('/v1/export')).expect(403).body).toMatchObject({
      error: 'feature_unknown',
    });
    const [rows] = await test.database.query<{ n: number }[]>(
      `select count(*)::int as n from allowance l join feature f using (catalog_version)
       where l.feature = 'export' and f.key = 'export' and l.catalog_version = (select max(version) from catalog_version)`,
    );
    expect(rows?.n).toBe(0);
    const service = other.get(EntitlementsService, { strict: false });
    expect(await service.getLimit(asking, 'export')).toBe(0);
  });

  it('C1 a limit that a plan does not name is denied; only -1 is unlimited', async () => {
    await publish((features) => ({
      ...features,
      export: { name: 'Export', kind: 'quota', window: 'day', allowances: { team: 5 } },
    }));
    const service = other.get(EntitlementsService, { strict: false });
    await eventually(async () => other.get(Catalogs, { strict: false }).current().features.has('export'));
    expect(await service.check(asking, 'export')).toMatchObject({ allowed: false, reason: 'plan_required' });
    expect(await service.getLimit(asking, 'export')).toBe(0);
    await publish((features) => ({
      ...features,
      export: { ...features['export'], allowances: { pro: -1 } },
    }));
    await eventually(async () => (await service.getLimit(asking, 'export')) === Infinity);
  });
});
