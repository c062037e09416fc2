import { Injectable } from '@nestjs/common';
import { NotFoundError, TransactionRunner } from '@tollgate/kernel';
import type { Catalog, CatalogVersion } from './catalog.js';
import { CatalogStore } from './catalog.store.js';
import { type CatalogChange, diffCatalogs } from './diff-catalogs.js';
import { CatalogDraftStore } from './drafts/catalog-draft.store.js';
import type { CatalogDraft } from './drafts/draft.js';
import { readCatalogForm } from './read-catalog-form.js';

/** What a draft would change. */
export interface DraftDifference {
  readonly draft: CatalogDraft;
  /** The number of the current version; null while there is none. */
  readonly current: number | null;
  /** Whether the draft was made from an older version, so that publishing it as it is would be refused. */
  readonly isStale: boolean;
  /** What publishing would change now: from the current version to the draft. */
  readonly changes: readonly CatalogChange[];
  /** What others published since the draft's base: from that version to the current one. Empty unless it is stale. */
  readonly meanwhile: readonly CatalogChange[];
}

/** How versions and drafts are looked at; changes nothing. */
@Injectable()
export class CatalogHistory {
  constructor(
    private readonly store: CatalogStore,
    private readonly drafts: CatalogDraftStore,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Versions below `before` (all, when null), newest first. */
  async versions(before: number | null, limit: number): Promise<CatalogVersion[]> {
    return this.store.list(this.transactions.reader, before, limit);
  }

  /** @throws NotFoundError when there is no such version */
  async version(version: number): Promise<{ about: CatalogVersion; catalog: Catalog }> {
    const { reader } = this.transactions;
    const [about] = await this.store.list(reader, version + 1, 1);
    const catalog = await this.store.read(reader, version);
    if (!catalog || about?.version !== version) throw new NotFoundError('Catalog version');
    return { about, catalog };
  }

  /**
   * What changed between two versions.
   *
   * @throws NotFoundError when one of them does not exist
   */
  async difference(from: number, to: number): Promise<CatalogChange[]> {
    return diffCatalogs((await this.version(from)).catalog, (await this.version(to)).catalog);
  }

  /** Open drafts, newest first. */
  async openDrafts(limit: number): Promise<CatalogDraft[]> {
    return this.drafts.open(this.transactions.reader, limit);
  }

  /** @throws NotFoundError when there is no such draft */
  async draft(id: string): Promise<CatalogDraft> {
    const draft = await this.drafts.find(this.transactions.reader, id);
    if (!draft) throw new NotFoundError('Draft');
    return draft;
  }

  /** @throws NotFoundError when there is no such draft */
  async differenceOfDraft(id: string): Promise<DraftDifference> {
    const draft = await this.draft(id);
    const { reader } = this.transactions;
    const current = await this.store.newestVersion(reader);
    const inForce = current === null ? null : await this.store.read(reader, current);
    const isStale = draft.base !== current;
    const base = isStale && draft.base !== null ? await this.store.read(reader, draft.base) : null;
    return {
      draft,
      current,
      isStale,
      changes: diffCatalogs(inForce, readCatalogForm(draft.form, (current ?? 0) + 1)),
      meanwhile: isStale && inForce ? diffCatalogs(base, inForce) : [],
    };
  }
}
