import { Injectable } from '@nestjs/common';
import { isSecret } from '../tokens/secret-token.js';
import { ApiKeys } from './api-keys/api-keys.repository.js';
import type { KeyText } from './key-text.js';
import type { KeyPrincipal, KnownKey } from './known-key.js';
import { ServiceKeys } from './service-keys/service-keys.repository.js';

interface Proof {
  readonly secret_hash: Buffer;
  readonly expires_at: Date | null;
  readonly revoked_at: Date | null;
}

/** Looks keys up in the database: found by prefix, compared by hash in constant time. */
@Injectable()
export class KeyReader {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly serviceKeys: ServiceKeys,
  ) {}

  /** The key behind the text; null when there is none, its secret is another one, or it was revoked. */
  async read(text: KeyText): Promise<KnownKey | null> {
    return text.kind === 'api_key' ? this.apiKey(text) : this.serviceKey(text);
  }

  private async apiKey(text: KeyText): Promise<KnownKey | null> {
    const row = await this.apiKeys.byPrefix(text.prefix);
    if (!row || !isGood(row, text)) return null;
    const { id, user_id: userId, organization_id: organizationId } = row;
    return known({ kind: 'api_key', keyId: id, userId, organizationId }, row);
  }

  private async serviceKey(text: KeyText): Promise<KnownKey | null> {
    const row = await this.serviceKeys.byPrefix(text.prefix);
    if (!row || !isGood(row, text)) return null;
    return known({ kind: 'service_key', keyId: row.id, scopes: Object.freeze(row.scopes) }, row);
  }
}

function isGood(row: Proof, { secret }: KeyText): boolean {
  return isSecret(secret, row.secret_hash) && row.revoked_at === null;
}

/** Many requests share what memory holds, so none may change it. */
function known(principal: KeyPrincipal, { expires_at: expiresAt }: Proof): KnownKey {
  return Object.freeze({ principal: Object.freeze(principal), expiresAt: expiresAt?.getTime() ?? null });
}
