import { Injectable } from '@nestjs/common';
import { Clock, type Principal } from '@tollgate/kernel';
import { InvalidCredentialsError } from '../auth.errors.js';
import { hashSecret } from '../tokens/secret-token.js';
import { KeyConfirmations } from './key-confirmations.service.js';
import type { KeyAnswer } from './key-memory.js';
import { type KeyText, parseKey } from './key-text.js';
import { KeyUses } from './key-uses.service.js';
import { isInForce } from './known-key.js';

/** Proves keys of both kinds; a key in memory costs a hash and no promise. */
@Injectable()
export class KeyAuthenticator {
  constructor(
    private readonly confirmations: KeyConfirmations,
    private readonly uses: KeyUses,
    private readonly clock: Clock,
  ) {}

  /**
   * The principal that a key stands for: at once when memory may be trusted, else when the database has answered.
   * That the key was used is noted later.
   *
   * @throws InvalidCredentialsError, the same for unknown, wrong, revoked and expired keys
   */
  authenticate(token: string): Principal | Promise<Principal> {
    const text = parseKey(token);
    if (!text) throw new InvalidCredentialsError();
    const print = fingerprint(text);
    const known = this.confirmations.trusted(print);
    if (known !== undefined) return this.admit(known);
    return this.confirmations.confirm(print, text).then((answer) => this.admit(answer));
  }

  private admit(key: KeyAnswer): Principal {
    const now = this.clock.now().getTime();
    if (key === null || !isInForce(key, now)) throw new InvalidCredentialsError();
    this.uses.note(key.principal, now);
    return key.principal;
  }
}

/** What stands for a key in memory: nobody can make the key out of it. */
function fingerprint({ kind, prefix, secret }: KeyText): string {
  return `${kind}:${prefix}:${hashSecret(secret).toString('base64url')}`;
}
