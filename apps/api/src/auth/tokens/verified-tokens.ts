import { hash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { BoundedMap } from '../bounded-map.js';
import { ACCESS_TOKEN_SECONDS } from './jwt-verifier.js';

interface Verified {
  readonly userId: string;
  /** Milliseconds of real time from which on the token is verified again. */
  readonly until: number;
}

const MOST_TOKENS = 10_000;

/**
 * Tokens whose signature was good, by their hash, so that it is checked once and not in every request. An entry
 * ends no later than the token would by its own claims and by our longest age, whichever is first; nothing that
 * verification refuses is ever remembered.
 */
export class VerifiedTokens {
  private readonly tokens = new BoundedMap<string, Verified>(MOST_TOKENS);

  /** `longestMs`: after this long a token is verified again, because the keys behind it may have been withdrawn. */
  constructor(private readonly longestMs: number) {}

  /** The user of a token that is known to be good at `now` (milliseconds of real time). */
  recall(token: string, now: number): string | undefined {
    const known = this.tokens.get(printOf(token));
    return known && now < known.until ? known.userId : undefined;
  }

  /** Remembers a token that was verified at `now`, with the claims it carries. */
  remember(token: string, { exp, iat }: JWTPayload, userId: string, now: number): void {
    if (exp === undefined || iat === undefined) return;
    const until = Math.min(exp * 1_000, (iat + ACCESS_TOKEN_SECONDS) * 1_000, now + this.longestMs);
    this.tokens.set(printOf(token), { userId, until });
  }
}

function printOf(token: string): string {
  return hash('sha256', token, 'base64url');
}
