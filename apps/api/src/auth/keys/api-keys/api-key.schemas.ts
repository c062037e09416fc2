import { z } from 'zod';
import { nameSchema } from '../../users/user.schemas.js';
import { shownPrefix } from '../key-text.js';
import type { ApiKeyRow } from './api-keys.repository.js';

export const newApiKeySchema = z.strictObject({
  name: nameSchema,
  organizationId: z.uuid().toLowerCase().optional(),
  expiresAt: z.iso
    .datetime()
    .optional()
    .meta({ description: 'In UTC and in the future; for ever when absent' }),
});

export const listApiKeysSchema = z.strictObject({ organizationId: z.uuid().toLowerCase().optional() });

const instant = z.iso.datetime();

export const apiKeyView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'How the key begins, to tell keys apart' }),
  organizationId: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});

export const newApiKeyView = apiKeyView.extend({
  key: z.string().meta({ description: 'Shown once; only its hash is kept' }),
});

export const apiKeyListView = z.object({ data: z.array(apiKeyView) });

export type ApiKeyView = z.infer<typeof apiKeyView>;

/** A row as its owner sees it. */
export function toApiKeyView(row: ApiKeyRow): ApiKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: shownPrefix({ kind: 'api_key', prefix: row.prefix }),
    organizationId: row.organization_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
