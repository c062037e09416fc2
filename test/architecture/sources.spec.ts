import { beforeAll, describe, expect, it } from '@jest/globals';
import { innocentSources, plantedSources } from './planted-sources.js';
import { type ProjectSource, projectSources } from './project-sources.js';
import { findingsIn, PROVIDER_NAMES, sourceChecks } from './source-checks.js';
import { foreignTables } from './table-owners.js';

let sources: ProjectSource[];

beforeAll(async () => {
  sources = await projectSources();
});

const findingsOf = (check: string) =>
  sources.flatMap(({ file, text }) => findingsIn(file, text)).filter((finding) => finding.check === check);

describe('the sources', () => {
  it('SB-02 entitlement code imports no provider SDK', () => {
    expect(findingsOf('entitlement code imports no provider SDK')).toEqual([]);
  });

  it('SB-05 no other room reads the tables of entitlements', () => {
    expect(foreignTables(sources).filter(({ owner }) => owner === 'entitlements')).toEqual([]);
  });

  it('SB-07 no plan is compared by name in libs or the API', () => {
    expect(findingsOf('no plan is compared by name')).toEqual([]);
  });

  it('GO-47 no source outside the adapters and their registry knows a provider by its name', () => {
    expect(findingsOf('no provider is told apart by its name')).toEqual([]);
    expect(findingsOf('nothing is kept by the name of a provider')).toEqual([]);
  });

  it('GO-47 every adapter is one of those names', () => {
    const rooms = sources.flatMap(
      ({ file }) => /^libs\/billing\/src\/providers\/([^/]+)\//.exec(file)?.[1] ?? [],
    );
    expect(new Set(rooms)).toEqual(PROVIDER_NAMES);
  });

  it('SB-49 charge no card: recovering a failed payment is the provider’s', () => {
    expect(findingsOf('no card is charged, and no payment retried, by us')).toEqual([]);
  });

  it('GO-02 compute no tax: the provider is the merchant of record', () => {
    expect(findingsOf('tax is the provider’s to compute')).toEqual([]);
  });

  it('say of every operation of the API in a summary what it does', () => {
    expect(findingsOf('every operation of the API says in a summary what it does')).toEqual([]);
  });

  it('each lib reads and writes its own tables only', () => {
    expect(foreignTables(sources).filter(({ file }) => file.startsWith('libs/'))).toEqual([]);
  });

  it('take the present and ids from outside, and hand them to SQL', () => {
    expect(findingsOf('the present is asked of the injected clock')).toEqual([]);
    expect(findingsOf('SQL gets its instants and ids as parameters')).toEqual([]);
    expect(findingsOf('only leases go by the database’s real time')).toEqual([]);
  });
});

describe('the source checks', () => {
  it.each(plantedSources)('%s: refused in %s: %s', (check, file, text) => {
    expect(findingsIn(file, text)).toEqual([{ check, file, line: 1 }]);
  });

  it.each(innocentSources)('%s: fine in %s: %s', (_check, file, text) => {
    expect(findingsIn(file, text)).toEqual([]);
  });

  it('each have a planted violation', () => {
    expect(new Set(plantedSources.map(([check]) => check))).toEqual(
      new Set(sourceChecks.map(({ name }) => name)),
    );
  });

  it.each([
    ['libs/billing/src/subscription-sync/a.ts', 'query(`select * from plan p where p.key = ${key}`)'],
    ['apps/api/src/staff/a.ts', `query('select 1 from owner o join "plan" p on true')`],
    ['apps/api/src/staff/b.ts', 'const joined = `left join plan on true`;'],
    ['libs/usage/src/a.ts', `@Entity('plan')`],
    ['libs/usage/src/b.ts', `@Entity({ name: 'plan' })`],
  ])('see a table of entitlements that is named in %s: %s', (file, text) => {
    const migration = {
      file: 'libs/entitlements/src/migrations/1-catalog.ts',
      text: 'create table plan (key text)',
    };

    expect(foreignTables([migration, { file, text }])).toEqual([
      { table: 'plan', owner: 'entitlements', file },
    ]);
  });

  it.each([
    ['libs/entitlements/src/catalog/a.ts', 'query(`select * from plan p`)'],
    ['libs/billing/src/migrations/2-assignments.ts', 'query(`update plan set rank = 1`)'],
    [
      'libs/billing/src/words.ts',
      '// taken from plan and written\nthrow new Error(`no price: taken from plan`);',
    ],
    ['libs/billing/src/others.ts', 'query(`select * from plan_change`)'],
    ['libs/billing/src/prices.ts', `const plan = from(plans); join(planned); update(plan);`],
  ])('do not mistake %s: %s', (file, text) => {
    const migration = {
      file: 'libs/entitlements/src/migrations/1-catalog.ts',
      text: 'create table plan (key text)',
    };

    expect(foreignTables([migration, { file, text }])).toEqual([]);
  });
});
