import { Injectable } from '@nestjs/common';
import { Clock, type Principal } from '@tollgate/kernel';
import { InvalidCredentialsError } from '../auth.errors.js';
import { isSecret } from '../tokens/secret-token.js';
import { parseApiKey } from './api-key-text.js';
import { ApiKeys } from './api-keys.repository.js';

const NOTED_EVERY_MS = 60_000;

/** Proves API keys: found by prefix, compared by hash, refused once revoked or expired. */
@Injectable()
export class ApiKeyAuthenticator {
  constructor(
    private readonly keys: ApiKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * The principal that a key stands for. Its use is noted at most once a minute.
   *
   * @throws InvalidCredentialsError, the same for unknown, wrong, revoked and expired keys
   */
  async authenticate(token: string): Promise<Principal> {
    const text = parseApiKey(token);
    const key = text && (await this.keys.byPrefix(text.prefix));
    if (!key || !isSecret(text.secret, key.secret_hash)) throw new InvalidCredentialsError();
    const now = this.clock.now();
    if (key.revoked_at !== null || (key.expires_at !== null && key.expires_at <= now))
      throw new InvalidCredentialsError();
    const notedSince = new Date(now.getTime() - NOTED_EVERY_MS);
    if (key.last_used_at === null || key.last_used_at <= notedSince)
      await this.keys.touch(key.id, now, notedSince);
    return { kind: 'api_key', keyId: key.id, userId: key.user_id, organizationId: key.organization_id };
  }
}
