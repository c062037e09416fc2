import { describe, expect, it } from '@jest/globals';
import { formatApiKey, isApiKey, newApiKey, parseApiKey } from './api-key-text.js';

describe('an API key', () => {
  it('reads back as what it was made of', () => {
    const key = newApiKey();
    expect(parseApiKey(formatApiKey(key))).toEqual(key);
    expect(isApiKey(formatApiKey(key))).toBe(true);
  });

  it('is told from its neighbours by a secret that may itself hold underscores', () => {
    const secret = `_${'a'.repeat(41)}_`;
    expect(parseApiKey(`tg_0123456789ab_${secret}`)).toEqual({ prefix: '0123456789ab', secret });
  });

  it.each([
    'tg_',
    'tg_0123456789ab',
    'tg_0123456789ab_short',
    'tg_XYZ_',
    `sk_0123456789ab_${'a'.repeat(43)}`,
  ])('is not %s', (text) => {
    expect(parseApiKey(text)).toBeNull();
  });
});
