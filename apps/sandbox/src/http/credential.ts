import { createHash, timingSafeEqual } from 'node:crypto';

/** The token of an `Authorization: Bearer …` header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^bearer (\S+)$/i.exec(authorization ?? '')?.[1];
}

/** The token of a bearer header, or the user name of a Basic one, as Stripe accepts both. */
export function credentialOf(authorization: string | undefined): string | undefined {
  const basic = /^basic (\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) return bearerOf(authorization);
  return Buffer.from(basic, 'base64').toString('utf8').split(':')[0];
}

/** Compares two secrets in constant time, whatever their lengths. */
export function sameSecret(given: string | undefined, expected: string): boolean {
  if (given === undefined || expected === '') return false;
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
