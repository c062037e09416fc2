import { z } from 'zod';
import {
  type Catalog,
  type CatalogDraft,
  type CatalogVersion,
  type DraftDifference,
  formOfCatalog,
} from '@tollgate/entitlements';
import { catalogFormSchema } from './catalog-form.schemas.js';

const instant = z.iso.datetime();

/** Who published what, when and why. */
export const versionView = z
  .object({ version: z.int(), publishedAt: instant, author: z.string(), reason: z.string() })
  .meta({
    examples: [
      {
        version: 7,
        publishedAt: '2026-11-26T12:00:00.000Z',
        author: 'staff:0190a6b2-7c5e-7000-8000-000000000001',
        reason: 'Pro gets 60 exports from December',
      },
    ],
  });

/** A version with all that stands in it. */
export const wholeVersionView = versionView.extend({ catalog: catalogFormSchema });

/** One difference; `path` leads to it by keys. */
export const changeView = z
  .object({
    path: z.string(),
    change: z.enum(['added', 'removed', 'changed']),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  })
  .meta({ examples: [{ path: 'features.export.allowances.pro', change: 'changed', before: 50, after: 60 }] });

/** A draft without its catalog. */
export const draftView = z.object({
  id: z.uuid(),
  base: z.int().nullable().meta({ description: 'The version it was made from' }),
  revision: z.int(),
  state: z.enum(['open', 'published', 'discarded']),
  publishedAs: z.int().nullable(),
  author: z.string(),
  reason: z.string(),
  createdAt: instant,
  changedBy: z.string(),
  changedAt: instant,
});

/** A draft with its catalog. */
export const wholeDraftView = draftView.extend({ catalog: catalogFormSchema });

/** What publishing a draft would change, and what others published since it was made. */
export const differenceView = z.object({
  base: z.int().nullable(),
  current: z.int().nullable(),
  isStale: z.boolean(),
  changes: z.array(changeView),
  meanwhile: z.array(changeView),
});

/** The answer around one thing. */
export const dataOf = <Schema extends z.ZodType>(schema: Schema) => z.object({ data: schema });

/** See {@link versionView}. */
export const viewOfVersion = ({ version, publishedAt, author, reason }: CatalogVersion) => ({
  version,
  publishedAt: publishedAt.toISOString(),
  author,
  reason,
});

/** See {@link wholeVersionView}. */
export const viewOfWholeVersion = ({ about, catalog }: { about: CatalogVersion; catalog: Catalog }) => ({
  ...viewOfVersion(about),
  catalog: formOfCatalog(catalog),
});

/** See {@link draftView}. */
export const viewOfDraft = ({ createdAt, changedAt, form: _form, ...draft }: CatalogDraft) => ({
  ...draft,
  createdAt: createdAt.toISOString(),
  changedAt: changedAt.toISOString(),
});

/** See {@link wholeDraftView}. */
export const viewOfWholeDraft = (draft: CatalogDraft) => ({ ...viewOfDraft(draft), catalog: draft.form });

/** See {@link differenceView}. */
export const viewOfDifference = ({ draft, current, isStale, changes, meanwhile }: DraftDifference) => ({
  base: draft.base,
  current,
  isStale,
  changes,
  meanwhile,
});
