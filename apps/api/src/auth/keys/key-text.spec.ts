import { describe, expect, it } from '@jest/globals';
import { formatKey, isKey, type KeyKind, newKey, parseKey, shownPrefix } from './key-text.js';

const SECRET = `_${'a'.repeat(41)}_`;

describe('a key', () => {
  it.each<KeyKind>(['api_key', 'service_key'])('of kind %s reads back as what it was made of', (kind) => {
    const key = newKey(kind);
    expect(parseKey(formatKey(key))).toEqual(key);
    expect(isKey(formatKey(key))).toBe(true);
    expect(formatKey(key).startsWith(`${shownPrefix(key)}_`)).toBe(true);
  });

  it('is told from its neighbours by a secret that may itself hold underscores', () => {
    expect(parseKey(`tg_0123456789ab_${SECRET}`)).toEqual({
      kind: 'api_key',
      prefix: '0123456789ab',
      secret: SECRET,
    });
  });

  it('says by its first letters which kind it is', () => {
    expect(parseKey(`tgs_0123456789ab_${SECRET}`)?.kind).toBe('service_key');
  });

  it.each([
    'tg_',
    'tgs_',
    'tg_0123456789ab',
    'tg_0123456789ab_short',
    'tg_XYZ_',
    `tgx_0123456789ab_${'a'.repeat(43)}`,
    `sk_0123456789ab_${'a'.repeat(43)}`,
  ])('is not %s', (text) => {
    expect(parseKey(text)).toBeNull();
  });
});
