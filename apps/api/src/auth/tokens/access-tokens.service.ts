import { Inject, Injectable } from '@nestjs/common';
import { errors, SignJWT } from 'jose';
import { IdGenerator, UnavailableError } from '@tollgate/kernel';
import { InvalidCredentialsError, SignInElsewhereError, TokenExpiredError } from '../auth.errors.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { RealTime } from '../real-time.js';
import {
  ACCESS_TOKEN_SECONDS,
  type JwtVerifier,
  jwtVerifier,
  signingSecret,
  VERIFIED_FOR_MS,
} from './jwt-verifier.js';
import { VerifiedTokens } from './verified-tokens.js';

/** A user id as any host may spell it: short, and storable as text. */
const USER_ID = /^[^\0\p{Surrogate}]{1,200}$/u;

/** What jose says when the identity provider's keys, not the token, are the trouble. */
const KEYS_UNAVAILABLE = new Set([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

/** Access tokens: issued with our own secret, or only verified when an identity provider issues them. */
@Injectable()
export class AccessTokens {
  private readonly secret: Uint8Array | null;
  private readonly verifyJwt: JwtVerifier;
  private readonly verified: VerifiedTokens;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly realTime: RealTime,
    private readonly ids: IdGenerator,
  ) {
    this.secret = signingSecret(options.jwt);
    this.verifyJwt = jwtVerifier(options.jwt);
    // Our own secret is fixed for the life of the process; a provider's keys are not.
    this.verified = new VerifiedTokens(this.secret === null ? VERIFIED_FOR_MS : Infinity);
  }

  /** @throws SignInElsewhereError when tokens come from an identity provider */
  assertIssuing(): Uint8Array {
    if (this.secret === null) throw new SignInElsewhereError();
    return this.secret;
  }

  /** A token for this user, good for `expiresIn` seconds. */
  async issue(userId: string): Promise<{ accessToken: string; expiresIn: number }> {
    const secret = this.assertIssuing();
    const now = Math.floor(this.realTime.now().getTime() / 1_000);
    const accessToken = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(this.options.jwt.issuer)
      .setAudience(this.options.jwt.audience)
      .setJti(this.ids.next())
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(secret);
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS };
  }

  /**
   * The id of the user whom the token names: at once when it was verified lately, else when its signature was.
   *
   * @throws InvalidCredentialsError, TokenExpiredError, or UnavailableError when the provider's keys cannot be read
   */
  verify(token: string): string | Promise<string> {
    const now = this.realTime.now();
    return this.verified.recall(token, now.getTime()) ?? this.verifyAnew(token, now);
  }

  private async verifyAnew(token: string, now: Date): Promise<string> {
    const claims = await this.verifyJwt(token, now).catch(refuse);
    // Signed does not mean well formed: jose does not look at the type of this claim.
    const sub: unknown = claims.sub;
    if (typeof sub !== 'string' || !USER_ID.test(sub)) throw new InvalidCredentialsError();
    this.verified.remember(token, claims, sub, now.getTime());
    return sub;
  }
}

function refuse(cause: unknown): never {
  if (cause instanceof errors.JWTExpired) throw new TokenExpiredError();
  if (cause instanceof errors.JOSEError && !KEYS_UNAVAILABLE.has(cause.code))
    throw new InvalidCredentialsError();
  throw new UnavailableError('unavailable', 'The keys that prove access tokens cannot be read', 5, { cause });
}
