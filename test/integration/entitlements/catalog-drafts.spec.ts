import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CatalogDraft } from '@tollgate/entitlements';
import {
  type CatalogNode,
  exporting,
  exportLimitIn,
  startCatalogNode,
} from '../../support/catalog/catalog-node.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';

const ADA = 'staff:ada';
const BOB = 'staff:bob';

let testDatabase: TestDatabase;
let node: CatalogNode;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  node = await startCatalogNode(testDatabase.url);
  await node.catalogs.seed(exporting(50), { author: 'system:seed', reason: 'first' });
});
afterAll(async () => {
  await node.close();
  await testDatabase.drop();
});

const begin = (limit: number | null, by = ADA): Promise<CatalogDraft> =>
  node.kernel.transactions.run((tx) =>
    node.drafts.begin(tx, { form: limit === null ? null : exporting(limit), by, reason: 'more exports' }),
  );
const publish = async ({ id, revision }: CatalogDraft, by = ADA) => {
  const wish = { by, revision, reason: 'as promised' };
  const { catalog } = await node.kernel.transactions.run((tx) => node.drafts.publish(tx, id, wish));
  return catalog;
};
const replace = (draft: CatalogDraft, limit: number, base?: number) =>
  node.kernel.transactions.run((tx) =>
    node.drafts.replace(tx, draft.id, {
      form: exporting(limit),
      by: BOB,
      revision: draft.revision,
      ...(base !== undefined && { base }),
    }),
  );
const current = async (): Promise<number> => {
  await node.catalogs.refresh();
  return node.catalogs.current().version;
};

describe('a draft', () => {
  it('begins with what is in force, and changes nothing of it', async () => {
    const draft = await begin(null);
    expect(draft).toMatchObject({ form: exporting(50), revision: 1, author: ADA, state: 'open' });
    await replace(draft, 99);
    expect(await current()).toBe(draft.base);
    expect(exportLimitIn(node.catalogs.current())).toBe(50n);
  });

  it('says what it would change, then becomes the next version, with who and why', async () => {
    const before = await current();
    const draft = await begin(60);
    expect(await node.history.differenceOfDraft(draft.id)).toMatchObject({
      isStale: false,
      changes: [{ path: 'features.export.allowances.pro', change: 'changed', before: 50, after: 60 }],
      meanwhile: [],
    });
    const { version } = await publish(draft, BOB);
    expect(version).toBe(before + 1);
    const [newest] = await node.history.versions(null, 1);
    expect(newest).toMatchObject({ version, author: BOB, reason: 'as promised' });
    expect(await node.history.draft(draft.id)).toMatchObject({ state: 'published', publishedAs: version });
    expect(await node.history.difference(before, version)).toHaveLength(1);
  });

  it('that became stale is refused until it is based on the current version', async () => {
    const [mine, theirs] = [await begin(70), await begin(80, BOB)];
    const { version } = await publish(theirs, BOB);
    await expect(publish(mine)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'catalog_stale',
      details: { base: version - 1, current: version },
    });
    expect(await node.history.differenceOfDraft(mine.id)).toMatchObject({
      isStale: true,
      changes: [{ before: 80, after: 70 }],
      meanwhile: [{ before: 60, after: 80 }],
    });
    await expect(replace(mine, 75, version - 1)).rejects.toMatchObject({ code: 'catalog_stale' });
    const renewed = await replace(mine, 75, version);
    expect((await publish(renewed)).version).toBe(version + 1);
  });

  it('is published once by one of ten who press the button at the same time', async () => {
    const drafts = await Promise.all(Array.from({ length: 10 }, (_, index) => begin(100 + index)));
    const before = await current();
    const outcomes = await Promise.allSettled(drafts.map((draft) => publish(draft)));
    const refusals = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(refusals).toHaveLength(9);
    expect(refusals).toEqual(
      refusals.map(() => expect.objectContaining({ code: 'catalog_stale' }) as unknown as Error),
    );
    expect(await current()).toBe(before + 1);
  });

  it('does not lose what somebody else wrote into it', async () => {
    const draft = await begin(200);
    const changed = await replace(draft, 201);
    await expect(replace(draft, 202)).rejects.toMatchObject({ code: 'draft_changed' });
    await expect(publish(draft)).rejects.toMatchObject({ code: 'draft_changed', details: { revision: 2 } });
    expect((await node.history.draft(draft.id)).form).toEqual(exporting(201));
    expect(changed).toMatchObject({ revision: 2, author: ADA, changedBy: BOB });
  });

  it('that was published or discarded stays as it is', async () => {
    const draft = await begin(300);
    const { id, revision } = draft;
    const gone = await node.kernel.transactions.run((tx) =>
      node.drafts.discard(tx, id, { by: BOB, revision }),
    );
    expect(gone.state).toBe('discarded');
    await expect(publish({ ...draft, revision: 2 })).rejects.toMatchObject({ code: 'draft_closed' });
    await expect(replace({ ...draft, revision: 2 }, 1)).rejects.toMatchObject({ code: 'draft_closed' });
    expect((await node.history.openDrafts(100)).map((one) => one.id)).not.toContain(id);
  });

  it('that changes nothing is not published', async () => {
    await expect(publish(await begin(null))).rejects.toMatchObject({ code: 'catalog_unchanged' });
  });
});
