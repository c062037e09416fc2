import { Injectable } from '@nestjs/common';
import { type CatalogDraft, CatalogDrafts, Catalogs } from '@tollgate/entitlements';
import { AuditLog, principalName, type Transaction, TransactionRunner } from '@tollgate/kernel';
import type { StaffAct } from '../staff-act.js';
import type { BeginDraftForm, CloseDraftForm, ReplaceDraftForm } from './catalog.schemas.js';

/** The catalog as staff change it: each step with its reason, and an audit row in the same transaction. */
@Injectable()
export class StaffCatalog {
  constructor(
    private readonly drafts: CatalogDrafts,
    private readonly catalogs: Catalogs,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @throws what {@link CatalogDrafts.begin} throws */
  async begin({ catalog, reason }: BeginDraftForm, act: StaffAct): Promise<CatalogDraft> {
    return this.transactions.run(async (tx) => {
      const draft = await this.drafts.begin(tx, {
        form: catalog ?? null,
        by: principalName(act.actor),
        reason,
      });
      await this.record(tx, 'begun', draft, reason, act);
      return draft;
    });
  }

  /** @throws what {@link CatalogDrafts.replace} throws */
  async replace(id: string, form: ReplaceDraftForm, act: StaffAct): Promise<CatalogDraft> {
    const { catalog, revision, base, reason } = form;
    return this.transactions.run(async (tx) => {
      const draft = await this.drafts.replace(tx, id, {
        form: catalog,
        revision,
        by: principalName(act.actor),
        ...(base !== undefined && { base }),
      });
      await this.record(tx, 'replaced', draft, reason, act);
      return draft;
    });
  }

  /** @throws what {@link CatalogDrafts.discard} throws */
  async discard(id: string, { revision, reason }: CloseDraftForm, act: StaffAct): Promise<CatalogDraft> {
    return this.transactions.run(async (tx) => {
      const draft = await this.drafts.discard(tx, id, { revision, by: principalName(act.actor) });
      await this.record(tx, 'discarded', draft, reason, act);
      return draft;
    });
  }

  /**
   * Publishes a draft; answers the new version's number.
   *
   * @throws what {@link CatalogDrafts.publish} throws
   */
  async publish(id: string, { revision, reason }: CloseDraftForm, act: StaffAct): Promise<number> {
    const version = await this.transactions.run(async (tx) => {
      const by = principalName(act.actor);
      const { catalog, changes } = await this.drafts.publish(tx, id, { revision, reason, by });
      await this.audit.record(tx, {
        ...act,
        reason,
        action: 'catalog.published',
        subject: { type: 'catalog_version', id: String(catalog.version) },
        before: { version: catalog.version - 1 },
        after: { version: catalog.version, draft: id, changes },
      });
      return catalog.version;
    });
    // The notification comes anyway; whoever pressed the button is not to see the old one meanwhile.
    await this.catalogs.refresh();
    return version;
  }

  private async record(
    tx: Transaction,
    step: 'begun' | 'replaced' | 'discarded',
    { id, base, revision }: CatalogDraft,
    reason: string,
    act: StaffAct,
  ): Promise<void> {
    await this.audit.record(tx, {
      ...act,
      reason,
      action: `catalog.draft.${step}`,
      subject: { type: 'catalog_draft', id },
      after: { base, revision },
    });
  }
}
