import { randomBytes } from 'node:crypto';
import { newSecret } from '../tokens/secret-token.js';

/** What a key stands for: a user or organization of the product, or another system of ours. */
export type KeyKind = 'api_key' | 'service_key';

/** The halves of a key: `prefix` finds its row and may be shown, `secret` proves it. */
export interface KeyText {
  readonly kind: KeyKind;
  readonly prefix: string;
  readonly secret: string;
}

/** How each kind begins, so that a key found in a log or a repository says what it opens. */
const MARKS = { api_key: 'tg', service_key: 'tgs' } as const satisfies Record<KeyKind, string>;

const SHAPE = /^(tgs?)_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A new key: 48 random bits to find it by, 256 to prove it. */
export function newKey(kind: KeyKind): KeyText {
  return { kind, prefix: randomBytes(6).toString('hex'), secret: newSecret() };
}

/** What may be shown of a key: how it begins. */
export function shownPrefix({ kind, prefix }: Pick<KeyText, 'kind' | 'prefix'>): string {
  return `${MARKS[kind]}_${prefix}`;
}

/** The key as its holder sends it: `tg_<prefix>_<secret>`, or `tgs_…` for a service key. */
export function formatKey(text: KeyText): string {
  return `${shownPrefix(text)}_${text.secret}`;
}

/** Whether a bearer token claims to be a key of either kind. */
export function isKey(token: string): boolean {
  return token.startsWith('tg_') || token.startsWith('tgs_');
}

/** The halves of a key; null when it has not the shape of one. */
export function parseKey(token: string): KeyText | null {
  const [, mark, prefix, secret] = SHAPE.exec(token) ?? [];
  if (prefix === undefined || secret === undefined) return null;
  return { kind: mark === MARKS.service_key ? 'service_key' : 'api_key', prefix, secret };
}
