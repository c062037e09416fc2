import { InvalidCredentialsError } from '../auth.errors.js';

/**
 * The token of an `Authorization: Bearer` header; null when the header is absent or empty.
 *
 * @throws InvalidCredentialsError for any other scheme or shape: what was sent proves nobody
 */
export function bearerToken(header: string | undefined): string | null {
  if (header === undefined || header.trim() === '') return null;
  const token = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(header.trim())?.[1];
  if (token === undefined) throw new InvalidCredentialsError();
  return token;
}
