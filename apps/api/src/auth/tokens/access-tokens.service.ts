import { Inject, Injectable } from '@nestjs/common';
import { errors, SignJWT } from 'jose';
import { IdGenerator, UnavailableError } from '@tollgate/kernel';
import { InvalidCredentialsError, SignInElsewhereError, TokenExpiredError } from '../auth.errors.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { RealTime } from '../real-time.js';
import { ACCESS_TOKEN_SECONDS, type JwtVerifier, jwtVerifier, signingSecret } from './jwt-verifier.js';

/** A user id as any host may spell it: short, and storable as text. */
const USER_ID = /^[^\0\p{Surrogate}]{1,200}$/u;

/** What jose says when the identity provider's keys, not the token, are the trouble. */
const KEYS_UNAVAILABLE = new Set([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

/** Access tokens: issued with our own secret, or only verified when an identity provider issues them. */
@Injectable()
export class AccessTokens {
  private readonly secret: Uint8Array | null;
  private readonly verifyJwt: JwtVerifier;

  constructor(
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
    private readonly realTime: RealTime,
    private readonly ids: IdGenerator,
  ) {
    this.secret = signingSecret(options.jwt);
    this.verifyJwt = jwtVerifier(options.jwt);
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
   * The id of the user whom the token names.
   *
   * @throws InvalidCredentialsError, TokenExpiredError, or UnavailableError when the provider's keys cannot be read
   */
  async verify(token: string): Promise<string> {
    const { sub } = await this.verifyJwt(token, this.realTime.now()).catch(refuse);
    if (sub === undefined || !USER_ID.test(sub)) throw new InvalidCredentialsError();
    return sub;
  }
}

function refuse(cause: unknown): never {
  if (cause instanceof errors.JWTExpired) throw new TokenExpiredError();
  if (cause instanceof errors.JOSEError && !KEYS_UNAVAILABLE.has(cause.code))
    throw new InvalidCredentialsError();
  throw new UnavailableError('unavailable', 'The keys that prove access tokens cannot be read', 5, { cause });
}
