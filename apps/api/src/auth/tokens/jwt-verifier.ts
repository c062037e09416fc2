import { createRemoteJWKSet, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import type { JwtOptions } from '../auth.options.js';

/** No access token is older than this when it is used, in seconds. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const SHORTEST_SECRET_BYTES = 32;
const KEYS_WITHIN_MS = 3_000;

/** A key that an identity provider withdraws proves nothing ten minutes later: most of it here, the rest in memory. */
const KEYS_FOR_MS = 9 * 60_000;

/** How long a token that one of the provider's keys signed goes without being verified again, in milliseconds. */
export const VERIFIED_FOR_MS = 60_000;

/** Checks a token's signature and claims as of `now` and answers its claims; throws what jose throws. */
export type JwtVerifier = (token: string, now: Date) => Promise<JWTPayload>;

/** The bytes of the signing secret; null when tokens come from an identity provider. */
export function signingSecret({ secret }: JwtOptions): Uint8Array | null {
  return secret === undefined ? null : new TextEncoder().encode(secret);
}

/**
 * The verifier that the options ask for. The algorithm is fixed by us, never chosen by the token.
 *
 * @throws Error naming what is wrong with the options: neither or both of secret and URL, or a short secret
 */
export function jwtVerifier(options: JwtOptions): JwtVerifier {
  const { jwksUrl, issuer, audience } = options;
  const claims = (now: Date): JWTVerifyOptions => ({
    issuer,
    audience,
    requiredClaims: ['sub', 'iat', 'exp'],
    maxTokenAge: ACCESS_TOKEN_SECONDS,
    currentDate: now,
  });
  const secret = signingSecret(options);
  if ((secret === null) === (jwksUrl === undefined))
    throw new Error(
      'Set exactly one of a JWT secret (TOLLGATE_JWT_SECRET) and a key URL (TOLLGATE_JWKS_URL)',
    );
  if (secret !== null) {
    if (secret.length < SHORTEST_SECRET_BYTES)
      throw new Error(`The JWT secret must have at least ${SHORTEST_SECRET_BYTES} bytes`);
    return async (token, now) =>
      (await jwtVerify(token, secret, { ...claims(now), algorithms: ['HS256'] })).payload;
  }
  const keys = createRemoteJWKSet(new URL(jwksUrl ?? ''), {
    timeoutDuration: KEYS_WITHIN_MS,
    cacheMaxAge: KEYS_FOR_MS,
  });
  return async (token, now) =>
    (await jwtVerify(token, keys, { ...claims(now), algorithms: ['RS256', 'ES256'], clockTolerance: 5 }))
      .payload;
}
