import { randomBytes } from 'node:crypto';
import { newSecret } from '../tokens/secret-token.js';

/** The two halves of a key: `prefix` finds its row and may be shown, `secret` proves it. */
export interface ApiKeyText {
  readonly prefix: string;
  readonly secret: string;
}

const SHAPE = /^tg_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A new key: 48 random bits to find it by, 256 to prove it. */
export function newApiKey(): ApiKeyText {
  return { prefix: randomBytes(6).toString('hex'), secret: newSecret() };
}

/** The key as its holder sends it: `tg_<prefix>_<secret>`. */
export function formatApiKey({ prefix, secret }: ApiKeyText): string {
  return `tg_${prefix}_${secret}`;
}

/** Whether a bearer token claims to be an API key. */
export function isApiKey(token: string): boolean {
  return token.startsWith('tg_');
}

/** The halves of a key; null when it has not the shape of one. */
export function parseApiKey(token: string): ApiKeyText | null {
  const [, prefix, secret] = SHAPE.exec(token) ?? [];
  return prefix === undefined || secret === undefined ? null : { prefix, secret };
}
