import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator, InvalidRequestError, NotFoundError, type Transaction } from '@tollgate/kernel';
import { CatalogPublisher, type Published } from '../catalog-publisher.service.js';
import { CatalogStaleError, DraftChangedError, DraftClosedError } from '../catalog.errors.js';
import { CatalogStore } from '../catalog.store.js';
import type { CatalogForm } from '../define-catalog.js';
import { formOfCatalog } from '../form-of-catalog.js';
import { readCatalogForm } from '../read-catalog-form.js';
import { CatalogDraftStore } from './catalog-draft.store.js';
import type { CatalogDraft } from './draft.js';

/** Who does something to a draft, and which revision of it they saw. */
export interface DraftEdit {
  /** E.g. `staff:<id>`. */
  readonly by: string;
  readonly revision: number;
}

/** Drafts of the next catalog version. Several may stand side by side; the first that is published makes the others stale. */
@Injectable()
export class CatalogDrafts {
  constructor(
    private readonly store: CatalogDraftStore,
    private readonly catalogs: CatalogStore,
    private readonly publisher: CatalogPublisher,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Begins a draft on the current version: with this form, or with what is in force.
   *
   * @throws InvalidRequestError `catalog_invalid`; without a form, `catalog_missing` while nothing was published
   */
  async begin(
    tx: Transaction,
    { form, by, reason }: { form: CatalogForm | null; by: string; reason: string },
  ): Promise<CatalogDraft> {
    const base = await this.catalogs.newestVersion(tx);
    const at = this.clock.now();
    const draft: CatalogDraft = {
      id: this.ids.next(),
      base,
      form: form ? canonical(form) : await this.formInForce(tx, base),
      revision: 1,
      author: by,
      reason,
      createdAt: at,
      changedBy: by,
      changedAt: at,
      state: 'open',
      publishedAs: null,
    };
    await this.store.insert(tx, draft);
    return draft;
  }

  /**
   * Replaces the whole form. With `base`, the draft is from now on based on that version, which must be the current one: for a draft that
   * became stale and was brought up to date.
   *
   * @throws NotFoundError, DraftClosedError, DraftChangedError
   * @throws InvalidRequestError `catalog_invalid`
   * @throws CatalogStaleError when `base` is not the current version
   */
  async replace(
    tx: Transaction,
    id: string,
    { form, base, ...edit }: DraftEdit & { form: CatalogForm; base?: number },
  ): Promise<CatalogDraft> {
    const draft = await this.lockOpen(tx, id, edit.revision);
    if (base !== undefined) {
      const current = await this.catalogs.newestVersion(tx);
      if (base !== current) throw new CatalogStaleError(base, current);
    }
    return this.save(tx, { ...draft, base: base ?? draft.base, form: canonical(form) }, edit.by);
  }

  /**
   * Gives the draft up; it stays readable.
   *
   * @throws NotFoundError, DraftClosedError, DraftChangedError
   */
  async discard(tx: Transaction, id: string, { by, revision }: DraftEdit): Promise<CatalogDraft> {
    const draft = await this.lockOpen(tx, id, revision);
    return this.save(tx, { ...draft, state: 'discarded' }, by);
  }

  /**
   * Makes the draft the next version; it counts from the commit.
   *
   * @throws NotFoundError, DraftClosedError, DraftChangedError, and what {@link CatalogPublisher.publish} throws
   */
  async publish(
    tx: Transaction,
    id: string,
    { by, revision, reason }: DraftEdit & { reason: string },
  ): Promise<Published> {
    const draft = await this.lockOpen(tx, id, revision);
    const published = await this.publisher.publish(tx, draft.form, { author: by, reason, base: draft.base });
    await this.save(tx, { ...draft, state: 'published', publishedAs: published.catalog.version }, by);
    return published;
  }

  private async save(tx: Transaction, draft: CatalogDraft, by: string): Promise<CatalogDraft> {
    const changed = { ...draft, revision: draft.revision + 1, changedBy: by, changedAt: this.clock.now() };
    await this.store.update(tx, changed);
    return changed;
  }

  private async lockOpen(tx: Transaction, id: string, revision: number): Promise<CatalogDraft> {
    const draft = await this.store.lock(tx, id);
    if (!draft) throw new NotFoundError('Draft');
    if (draft.state !== 'open') throw new DraftClosedError(draft.state);
    if (draft.revision !== revision) throw new DraftChangedError(draft.revision);
    return draft;
  }

  private async formInForce(tx: Transaction, version: number | null): Promise<CatalogForm> {
    const catalog = version === null ? null : await this.catalogs.read(tx, version);
    if (!catalog)
      throw new InvalidRequestError('catalog_missing', 'No catalog was published yet: send a form');
    return formOfCatalog(catalog);
  }
}

/** The short form of what this form says; refuses one that says nothing usable. */
const canonical = (form: CatalogForm): CatalogForm => formOfCatalog(readCatalogForm(form, 0));
