import { InvalidRequestError } from '@tollgate/kernel';

/** Deeper than any request of ours, far from where serialising would overflow the stack. */
export const DEEPEST = 32;

/** NUL and half a surrogate pair: JSON can spell them, Postgres stores neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/**
 * Keys that lead to a prototype, wherever they are copied. The framework's validation would take them out without a
 * word, and go on with less than was sent.
 */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether the text holds NUL or half a surrogate pair. */
export function isUnstorable(text: string): boolean {
  return UNSTORABLE.test(text);
}

/**
 * Refuses what parses as JSON but must not travel further: nesting over 32 levels, keys that lead to a prototype, and
 * characters that the database cannot store, in keys as well as in values.
 *
 * @throws InvalidRequestError `too_deep`, `forbidden_key` or `unsupported_characters`
 */
export function checkJsonTree(root: unknown): void {
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const node of level) {
      if (typeof node === 'string') refuseUnstorable(node);
      if (typeof node !== 'object' || node === null) continue;
      if (depth >= DEEPEST)
        throw new InvalidRequestError('too_deep', `JSON may be nested ${DEEPEST} levels deep`);
      for (const [key, value] of Object.entries(node)) {
        refuseKey(key);
        next.push(value);
      }
    }
    level = next;
  }
}

function refuseKey(key: string): void {
  refuseUnstorable(key);
  if (FORBIDDEN.has(key))
    throw new InvalidRequestError('forbidden_key', 'A key would change the prototype of an object');
}

function refuseUnstorable(text: string): void {
  if (isUnstorable(text))
    throw new InvalidRequestError('unsupported_characters', 'NUL and lone surrogates are not accepted');
}
