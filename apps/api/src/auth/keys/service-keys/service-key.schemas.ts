import { z } from 'zod';
import { nameSchema } from '../../users/user.schemas.js';
import { shownPrefix } from '../key-text.js';
import { SERVICE_KEY_SCOPES } from './service-key-scopes.js';
import type { ServiceKeyRow } from './service-keys.repository.js';

const reason = z.string().trim().min(3).max(500).meta({ description: 'Stands in the audit log' });

export const newServiceKeySchema = z.strictObject({
  name: nameSchema,
  scopes: z
    .array(z.enum(SERVICE_KEY_SCOPES))
    .min(1)
    .max(SERVICE_KEY_SCOPES.length)
    .transform((scopes) => [...new Set(scopes)].toSorted()),
  expiresAt: z.iso
    .datetime()
    .optional()
    .meta({ description: 'In UTC and in the future; for ever when absent' }),
  reason,
});

/** See {@link newServiceKeySchema}. */
export type NewServiceKey = z.output<typeof newServiceKeySchema>;

export const revokeServiceKeySchema = z.strictObject({ reason });

const instant = z.iso.datetime();

export const serviceKeyView = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string().meta({ description: 'How the key begins, to tell keys apart' }),
  scopes: z.array(z.string()),
  createdBy: z.string().meta({ description: 'Id of a member of staff' }),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable().meta({ description: 'To the minute' }),
  revokedAt: instant.nullable(),
});

export const newServiceKeyView = serviceKeyView.extend({
  key: z.string().meta({ description: 'Shown once; only its hash is kept' }),
});

export const serviceKeyListView = z.object({ data: z.array(serviceKeyView) });

/** See {@link serviceKeyView}. */
export type ServiceKeyView = z.infer<typeof serviceKeyView>;

/** A row as staff see it. */
export function toServiceKeyView(row: ServiceKeyRow): ServiceKeyView {
  return {
    id: row.id,
    name: row.name,
    prefix: shownPrefix({ kind: 'service_key', prefix: row.prefix }),
    scopes: [...row.scopes],
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
