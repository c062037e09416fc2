import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { type CatalogNode, startCatalogNode } from '../../support/catalog/catalog-node.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';

const program = join(import.meta.dirname, '../../../apps/api/bin/catalog.mjs');
const SEED = 'apps/api/src/database/seeds/catalog.ts';

let testDatabase: TestDatabase;
let node: CatalogNode;
let folder: string;
let file: string;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  node = await startCatalogNode(testDatabase.url);
  await node.catalogs.seed(seedCatalog, { author: 'system:seed', reason: 'first' });
  folder = mkdtempSync(join(tmpdir(), 'tollgate-catalog-'));
  file = join(folder, 'catalog.ts');
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await node.close();
  await testDatabase.drop();
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'], TOLLGATE_DATA_DIR: folder, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });
}
const on = (...args: readonly string[]) => run(args, { DATABASE_URL: testDatabase.url });
const edit = (before: string, after: string): void => {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(before);
  writeFileSync(file, text.replace(before, after));
};
const newest = async () => (await node.history.versions(null, 1))[0];

describe('npm run catalog', () => {
  it('finds no difference between a new database and the file that it was seeded from', async () => {
    expect(await on('diff')).toMatchObject({ code: 0, out: `${SEED} says the same as version 1.\n` });
  });

  it('pulls a file that says the same, in types as well as in words', async () => {
    expect(await on('pull', '--file', file)).toMatchObject({ code: 0 });
    expect(await on('diff', '--file', file)).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain(
      "export const seedCatalog = defineCatalog({\n  defaultPlan: 'free',",
    );
    const before = readFileSync(file, 'utf8');
    await on('pull', '--file', file);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('shows what the file would change, and ends with 1', async () => {
    edit(
      'allowances: { pro: 50, team: 50, enterprise: -1 }',
      'allowances: { pro: 60, team: 50, enterprise: -1 }',
    );
    const { code, out } = await on('diff', '--file', file);
    expect({ code, lines: out.trim().split('\n').slice(1) }).toEqual({
      code: 1,
      lines: ['~ features.export.allowances.pro: 50 → 60'],
    });
    expect(await newest()).toMatchObject({ version: 1 });
  });

  it('pushes it with a reason, which stands in version and audit', async () => {
    const { code, out } = await on('push', '--file', file, '--reason', 'Pro gets more', '--base', '1');
    expect({ code, lines: out.trim().split('\n').slice(1) }).toEqual({
      code: 0,
      lines: ['~ features.export.allowances.pro: 50 → 60'],
    });
    expect(await newest()).toMatchObject({
      version: 2,
      author: 'system:catalog-cli',
      reason: 'Pro gets more',
    });
    const [audit] = await node.kernel.database.query<object[]>(
      `select actor, action, reason, subject_id from audit_entry`,
    );
    expect(audit).toEqual({
      actor: 'system:catalog-cli',
      action: 'catalog.published',
      reason: 'Pro gets more',
      subject_id: '2',
    });
    expect(await on('diff', '--file', file)).toMatchObject({ code: 0 });
    expect(await on('diff')).toMatchObject({ code: 1 });
  });

  it('does not push what is stale, or says nothing new, or takes away what somebody has', async () => {
    const stale = await on('push', '--file', file, '--reason', 'once more', '--base', '1');
    expect(stale).toMatchObject({ code: 3, err: expect.stringMatching(/^catalog_stale: /) });
    const same = await on('push', '--file', file, '--reason', 'once more');
    expect(same).toMatchObject({ code: 3, err: expect.stringMatching(/^catalog_unchanged: /) });
    edit('credentials: {', 'secrets: {');
    const loss = await on('push', '--file', file, '--reason', 'a better name');
    expect(loss).toMatchObject({ code: 3, err: expect.stringMatching(/^feature_in_use: .*"credentials"/) });
    expect(await newest()).toMatchObject({ version: 2 });
  });

  it('explains itself when it is not understood, and ends with 2', async () => {
    expect(await on('push')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/--reason.*npm run/s),
    });
  });

  it.each([
    ['does not exist', null, /There is no file/],
    ['does not run', 'export const catalog = ;', /cannot be run/],
    [
      'has a misspelt key',
      'export const c = { defaultPlan: "free", plans: {}, features: {}, planz: {} };',
      /planz/,
    ],
    [
      'has no default plan',
      'export const c = { defaultPlan: "free", plans: {}, features: {} };',
      /default plan/,
    ],
  ])('refuses a file that %s, and ends with 3', async (_, text, why) => {
    const broken = join(folder, 'broken.ts');
    rmSync(broken, { force: true });
    if (text !== null) writeFileSync(broken, text);
    expect(await on('diff', '--file', broken)).toMatchObject({
      code: 3,
      out: '',
      err: expect.stringMatching(why),
    });
  });

  it('takes the database of the npm start that runs here, and ends with 4 where there is none', async () => {
    expect(await run(['diff'])).toMatchObject({
      code: 4,
      err: expect.stringMatching(/npm start.*DATABASE_URL/),
    });
    writeFileSync(join(folder, 'database-url'), `${testDatabase.url}\n`);
    expect(await run(['diff'])).toMatchObject({ code: 1 });
    const dead = 'postgres://nobody:secret@127.0.0.1:1/none';
    const { code, err } = await run(['diff'], { DATABASE_URL: dead });
    expect({ code, err }).toMatchObject({ code: 4, err: expect.stringMatching(/cannot be reached/) });
    expect(err).not.toContain('secret');
  });
});
