import { describe, expect, it } from '@jest/globals';
import { escapeLike } from './escape-like.js';

describe('escapeLike', () => {
  it.each([
    ['ann', 'ann'],
    ['100%', '100\\%'],
    ['a_b', 'a\\_b'],
    ['a\\b', 'a\\\\b'],
  ])('turns %s into a pattern for itself', (text, pattern) => {
    expect(escapeLike(text)).toBe(pattern);
  });
});
