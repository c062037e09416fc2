import type { CatalogForm } from '../define-catalog.js';

/** What became of a draft. Only an open one can be changed. */
export type DraftState = 'open' | 'published' | 'discarded';

/** A catalog that is to be published: a whole form, made from the version `base`. Nothing of it is in force. */
export interface CatalogDraft {
  readonly id: string;
  /** Null when there was no version yet. */
  readonly base: number | null;
  readonly form: CatalogForm;
  /** Grows with every change, from 1. Whoever changes the draft says which one they saw. */
  readonly revision: number;
  /** Who began it, e.g. `staff:<id>`, and why. */
  readonly author: string;
  readonly reason: string;
  readonly createdAt: Date;
  readonly changedBy: string;
  readonly changedAt: Date;
  readonly state: DraftState;
  /** The version that it became. */
  readonly publishedAs: number | null;
}
