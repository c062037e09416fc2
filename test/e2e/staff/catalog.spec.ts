import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogForm } from '@tollgate/entitlements';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { register } from '../../support/people.js';
import { staffMember } from '../../support/staff.js';
import { givePlan } from '../../support/tenants.js';

const UNKNOWN_ID = '0190a6b2-7c5e-7000-8000-00000000dead';

interface Draft {
  readonly id: string;
  readonly base: number;
  readonly revision: number;
  readonly catalog: CatalogForm;
}

let test: TestApp;
let editor: Caller;
let viewer: Caller;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  editor = await staffMember(test, 'catalog');
  viewer = await staffMember(test, 'viewer');
});
afterAll(() => test.close());

const dataOf = <T>(body: Record<string, unknown>): T => body['data'] as T;
const current = async () =>
  dataOf<{ version: number; catalog: CatalogForm }>((await viewer.get('/staff/catalog')).expect(200).body);
async function begin(catalog?: unknown, reason = 'a wish'): Promise<Draft> {
  const answer = await editor.post('/staff/catalog/drafts', {
    reason,
    ...(catalog !== undefined && { catalog }),
  });
  return dataOf<Draft>(answer.expect(201).body);
}
const publish = ({ id, revision }: Draft, reason = 'as promised') =>
  editor.post(`/staff/catalog/drafts/${id}/publish`, { revision, reason });
const withExport = (form: CatalogForm, limit: number): CatalogForm => {
  const feature = form.features['export'];
  if (!feature) throw new Error('the catalog has no export');
  const allowances = { ...feature.allowances, pro: limit };
  return { ...form, features: { ...form.features, export: { ...feature, allowances } } };
};

describe('staff change the catalog', () => {
  it('by a draft that they look at before it is published; who and why stands in version and audit', async () => {
    const { version, catalog } = await current();
    const draft = await begin(withExport(catalog, 60), 'Pro asks for more');
    const diff = (await viewer.get(`/staff/catalog/drafts/${draft.id}/diff`)).expect(200).body;
    expect(dataOf(diff)).toEqual({
      base: version,
      current: version,
      isStale: false,
      changes: [{ path: 'features.export.allowances.pro', change: 'changed', before: 50, after: 60 }],
      meanwhile: [],
    });
    expect((await current()).version).toBe(version);
    const published = dataOf<object>((await publish(draft)).expect(200).body);
    expect(published).toMatchObject({ version: version + 1, reason: 'as promised' });
    expect((await current()).catalog.features['export']?.allowances).toMatchObject({ pro: 60 });
    const audit = await test.database.query<object[]>(
      `select action, reason, actor from audit_entry where action like 'catalog.%' order by at, id`,
    );
    const actor = expect.stringMatching(/^staff:/);
    expect(audit).toEqual([
      { action: 'catalog.draft.begun', reason: 'Pro asks for more', actor },
      { action: 'catalog.published', reason: 'as promised', actor },
    ]);
    const compared = await viewer.get(`/staff/catalog/versions/${version}/diff?to=${version + 1}`);
    expect(dataOf(compared.expect(200).body)).toHaveLength(1);
  });

  it('is told when somebody else was faster', async () => {
    const { catalog } = await current();
    const [mine, theirs] = [await begin(withExport(catalog, 61)), await begin(withExport(catalog, 62))];
    (await publish(theirs)).expect(200);
    const refused = (await publish(mine)).expect(409).body;
    expect(refused).toMatchObject({
      error: 'catalog_stale',
      details: { base: mine.base, current: mine.base + 1 },
    });
    const renewed = await editor.put(`/staff/catalog/drafts/${mine.id}`, {
      catalog: withExport(catalog, 61),
      revision: mine.revision,
      base: mine.base + 1,
      reason: 'brought up to date',
    });
    (await publish(dataOf<Draft>(renewed.expect(200).body))).expect(200);
    (await publish(theirs)).expect(409);
  });

  it('lists versions, newest first, page by page', async () => {
    const { version } = await current();
    const first = (await viewer.get('/staff/catalog/versions?limit=1')).expect(200).body;
    expect(first).toMatchObject({
      data: [{ version }],
      pageInfo: { hasNextPage: true, endCursor: `${version}` },
    });
    const second = (await viewer.get(`/staff/catalog/versions?before=${version}`)).expect(200).body;
    expect(dataOf<{ version: number }[]>(second).map((one) => one.version)).toEqual(
      Array.from({ length: version - 1 }, (_, index) => version - 1 - index),
    );
    const seed = dataOf<{ catalog: CatalogForm }>(
      (await viewer.get('/staff/catalog/versions/1')).expect(200).body,
    );
    expect(seed.catalog.features['export']?.allowances).toMatchObject({ pro: 50 });
  });

  it('gives a draft up, and finds it no longer among the open ones', async () => {
    const { id, revision } = await begin();
    const discard = () => editor.post(`/staff/catalog/drafts/${id}/discard`, { revision, reason: 'no need' });
    (await discard()).expect(200);
    expect((await discard()).expect(409).body).toMatchObject({ error: 'draft_closed' });
    const open = dataOf<Draft[]>((await viewer.get('/staff/catalog/drafts')).expect(200).body);
    expect(open.map((draft) => draft.id)).not.toContain(id);
    (await viewer.get(`/staff/catalog/drafts/${id}`)).expect(200);
  });

  it('SB-06 a plan made while everything runs needs no migration and is usable at once', async () => {
    const { catalog } = await current();
    const form: CatalogForm = {
      ...catalog,
      plans: { ...catalog.plans, pilot: { name: 'Pilot', rank: 15 } },
      features: {
        ...catalog.features,
        export: {
          ...withExport(catalog, 50).features['export'],
          allowances: { ...catalog.features['export']?.allowances, pilot: 7 },
        },
      },
    };
    (await publish(await begin(form))).expect(200);
    const person = await register(test);
    (await person.call.post('/v1/export')).expect(403);
    await givePlan(test, person, 'pilot');
    (await person.call.post('/v1/export')).expect(200);
    const plans = dataOf<{ key: string }[]>((await viewer.get('/staff/plans')).expect(200).body);
    expect(plans.map(({ key }) => key)).toEqual(['free', 'pro', 'pilot', 'team', 'enterprise']);
  });

  it('SB-10 cannot take away the plan that somebody holds', async () => {
    const { catalog } = await current();
    const gone = JSON.parse(JSON.stringify(catalog), (key, value: unknown) =>
      key === 'pilot' ? undefined : value,
    ) as CatalogForm;
    const refused = (await publish(await begin(gone))).expect(409).body;
    expect(refused).toMatchObject({ error: 'plan_in_use', details: { plans: ['pilot'] } });
    await test.database.query(`update assignment set to_at = from_at where plan = 'pilot'`);
    (await publish(await begin(gone))).expect(200);
  });
});

describe('a catalog that cannot be used', () => {
  const seed = seedCatalog as CatalogForm;
  const exporting = (wish: object) => ({
    ...seed,
    features: { export: { name: 'Export', kind: 'quota', window: 'day', allowances: {}, ...wish } },
  });

  it.each<[string, unknown, string, string]>([
    ['no catalog at all', 'nothing', 'invalid_request', 'catalog'],
    ['a list', [], 'invalid_request', 'catalog'],
    ['an unknown key', { ...seed, prices: {} }, 'invalid_request', 'catalog'],
    [
      'an unknown key of a feature',
      exporting({ enabeld: false }),
      'invalid_request',
      'catalog.features.export',
    ],
    ['an unknown kind', exporting({ kind: 'flog' }), 'invalid_request', 'catalog.features.export.kind'],
    [
      'a key in capitals',
      { ...seed, features: { Export: {} } },
      'invalid_request',
      'catalog.features.Export',
    ],
    [
      'half a percent too much',
      exporting({ rollout: { percent: 100.5 } }),
      'invalid_request',
      'catalog.features.export.rollout.percent',
    ],
    [
      'a rate of no time',
      exporting({ rates: [{ limit: 1, perSeconds: 0, by: 'user' }] }),
      'invalid_request',
      'catalog.features.export.rates.0.perSeconds',
    ],
    [
      'a rank that no column holds',
      { ...seed, plans: { free: { name: 'Free', rank: 2 ** 40 } } },
      'invalid_request',
      'catalog.plans.free.rank',
    ],
    [
      'an inexact limit',
      exporting({ allowances: { pro: 2 ** 53 } }),
      'invalid_request',
      'catalog.features.export.allowances.pro',
    ],
    [
      'a limit beyond 2^63-1',
      exporting({ allowances: { pro: '9223372036854775808' } }),
      'catalog_invalid',
      'features.export.allowances.pro',
    ],
    [
      'a plan that does not exist',
      exporting({ allowances: { gold: 1 } }),
      'catalog_invalid',
      'features.export.allowances.gold',
    ],
    [
      'a quota without a window',
      exporting({ window: undefined }),
      'catalog_invalid',
      'features.export.window',
    ],
    [
      'a flag with a limit',
      exporting({ kind: 'flag', window: undefined, allowances: { pro: 3 } }),
      'catalog_invalid',
      'features.export.allowances.pro',
    ],
    ['a default that is no plan', { ...seed, defaultPlan: 'gold' }, 'catalog_invalid', 'defaultPlan'],
  ])('is refused, and the answer says where: %s', async (_, catalog, error, path) => {
    const answer = await editor.post('/staff/catalog/drafts', { catalog, reason: 'a try' });
    const { details, ...body } = answer.expect(400).body as {
      details: { issues: { path: string }[] };
      error: string;
    };
    expect(body.error).toBe(error);
    expect(details.issues.map((issue) => issue.path)).toContain(path);
  });

  it.each(['__proto__', 'constructor'])(
    'is refused with a key that would change every object: %s',
    async (key) => {
      const text = `{"reason":"a try","catalog":{"defaultPlan":"free","plans":{"${key}":{"prototype":{}}},"features":{}}}`;
      expect((await editor.send('POST', '/staff/catalog/drafts', text)).expect(400).body).toMatchObject({
        error: 'forbidden_key',
      });
    },
  );

  it('may name ten thousand people in a rollout, and no unknown key comes back in full', async () => {
    const { catalog } = await current();
    const users = Array.from({ length: 10_000 }, (_, number) => `user-${number}`);
    const rollout = { percent: 0, include: { users } };
    const features = { ...catalog.features, export: { ...catalog.features['export'], rollout } };
    const draft = await begin({ ...catalog, features });
    expect(draft.catalog.features['export']).toMatchObject({ rollout });
    const unknown = Object.fromEntries(users.map((user) => [user, 1]));
    const refused = await editor.post('/staff/catalog/drafts', { reason: 'a try', ...unknown });
    expect(refused.expect(400).body['error']).toBe('invalid_request');
    expect(refused.text.length).toBeLessThan(2_000);
  });

  it('takes and gives limits up to 2^63-1 as text', async () => {
    const { catalog } = await current();
    const large = '9223372036854775807';
    const draft = await begin({
      ...catalog,
      features: {
        ...catalog.features,
        executions: { ...catalog.features['executions'], allowances: { free: large, pro: '42' } },
      },
    });
    expect(draft.catalog.features['executions']?.allowances).toEqual({ free: large, pro: 42 });
    (await publish(draft)).expect(200);
    expect((await current()).catalog.features['executions']?.allowances).toEqual({ free: large, pro: 42 });
  });
});

describe('who may', () => {
  const writes: [string, string, object][] = [
    ['POST', '/staff/catalog/drafts', { reason: 'a try' }],
    ['PUT', `/staff/catalog/drafts/${UNKNOWN_ID}`, { reason: 'a try', revision: 1, catalog: seedCatalog }],
    ['POST', `/staff/catalog/drafts/${UNKNOWN_ID}/discard`, { reason: 'a try', revision: 1 }],
    ['POST', `/staff/catalog/drafts/${UNKNOWN_ID}/publish`, { reason: 'a try', revision: 1 }],
  ];

  it.each(writes)('%s %s: nobody without the permission', async (method, path, body) => {
    for (const role of ['viewer', 'support', 'billing'] as const) {
      const answer = await (await staffMember(test, role)).send(method, path, body);
      expect(answer.expect(403).body).toMatchObject({ error: 'permission_missing' });
    }
    const page = test.anonymous.with({ origin: test.config.http.appUrl });
    (await page.send(method, path, body)).expect(401);
  });

  it.each(writes.slice(1))('%s %s: a draft that does not exist is 404', async (method, path, body) => {
    (await editor.send(method, path, body)).expect(404);
    (await editor.send(method, path.replace(UNKNOWN_ID, 'no-id'), body)).expect(404);
  });

  it.each(writes)('%s %s: not without a reason', async (method, path, body) => {
    (await editor.send(method, path, { ...body, reason: undefined })).expect(400);
    (await editor.send(method, path, { ...body, reason: '  ' })).expect(400);
  });

  it.each([
    '/staff/catalog',
    '/staff/catalog/versions',
    '/staff/catalog/versions/1',
    '/staff/catalog/drafts',
  ])('reads %s only as staff', async (path) => {
    (await test.anonymous.get(path)).expect(401);
    const person = await register(test);
    (await person.call.get(path)).expect(401);
    (await viewer.get(path)).expect(200);
  });

  it.each(['0', '-1', '1.5', '0x1', '99999999999', 'one', '999999'])('has no version %s', async (version) => {
    (await viewer.get(`/staff/catalog/versions/${version}`)).expect(404);
  });

  it.each(['limit=0', 'limit=101', 'before=0', 'before=x', 'limit=1&limit=2', 'page=1'])(
    'refuses the page %s',
    async (query) => {
      (await viewer.get(`/staff/catalog/versions?${query}`)).expect(400);
    },
  );
});

it('the OpenAPI document lists the routes with an example of a catalog', async () => {
  const { paths } = (await test.anonymous.get('/docs-json')).expect(200).body as {
    paths: Record<string, object>;
  };
  expect(Object.keys(paths).filter((path) => path.startsWith('/staff/catalog'))).toHaveLength(9);
  expect(JSON.stringify(paths['/staff/catalog/drafts'])).toContain('"perSeconds":60');
});
