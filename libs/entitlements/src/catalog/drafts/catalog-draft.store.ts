import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { CatalogForm } from '../define-catalog.js';
import type { CatalogDraft, DraftState } from './draft.js';

interface DraftRow {
  readonly id: string;
  readonly base: number | null;
  readonly form: CatalogForm;
  readonly revision: number;
  readonly author: string;
  readonly reason: string;
  readonly created_at: Date;
  readonly changed_by: string;
  readonly changed_at: Date;
  readonly state: DraftState;
  readonly published_as: number | null;
}

/** The table of drafts. */
@Injectable()
export class CatalogDraftStore {
  async insert(tx: Transaction, draft: CatalogDraft): Promise<void> {
    await tx.query(
      `insert into catalog_draft (id, base, form, revision, author, reason, created_at, changed_by, changed_at, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        draft.id,
        draft.base,
        JSON.stringify(draft.form),
        draft.revision,
        draft.author,
        draft.reason,
        draft.createdAt,
        draft.changedBy,
        draft.changedAt,
        draft.state,
      ],
    );
  }

  /** Writes what can change of a draft. */
  async update(tx: Transaction, draft: CatalogDraft): Promise<void> {
    await tx.query(
      `update catalog_draft set base = $2, form = $3, revision = $4, changed_by = $5, changed_at = $6, state = $7,
         published_as = $8
       where id = $1`,
      [
        draft.id,
        draft.base,
        JSON.stringify(draft.form),
        draft.revision,
        draft.changedBy,
        draft.changedAt,
        draft.state,
        draft.publishedAs,
      ],
    );
  }

  async find(reader: Transaction, id: string): Promise<CatalogDraft | null> {
    const [row] = await reader.query<DraftRow[]>('select * from catalog_draft where id = $1', [id]);
    return row ? draftOf(row) : null;
  }

  /** The draft, which nobody else changes until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<CatalogDraft | null> {
    const [row] = await tx.query<DraftRow[]>('select * from catalog_draft where id = $1 for update', [id]);
    return row ? draftOf(row) : null;
  }

  /** Open drafts, newest first. */
  async open(reader: Transaction, limit: number): Promise<CatalogDraft[]> {
    const rows = await reader.query<DraftRow[]>(
      `select * from catalog_draft where state = 'open' order by id desc limit $1`,
      [limit],
    );
    return rows.map(draftOf);
  }
}

function draftOf(row: DraftRow): CatalogDraft {
  return {
    id: row.id,
    base: row.base,
    form: row.form,
    revision: row.revision,
    author: row.author,
    reason: row.reason,
    createdAt: row.created_at,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
    state: row.state,
    publishedAs: row.published_as,
  };
}
