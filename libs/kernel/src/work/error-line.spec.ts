import { describe, expect, it } from '@jest/globals';
import { errorLine } from './error-line.js';

describe('errorLine', () => {
  it.each<[unknown, string]>([
    [new TypeError('not a thing'), 'TypeError: not a thing'],
    [new Error('two\n  lines\tand a tab'), 'Error: two lines and a tab'],
    ['a thrown text', 'a thrown text'],
    [undefined, 'undefined'],
  ])('says %p in one line', (error, line) => {
    expect(errorLine(error)).toBe(line);
  });

  it('is cut at 500 characters', () => {
    const line = errorLine(new Error('x'.repeat(1_000)));
    expect(line).toHaveLength(500);
    expect(line.endsWith('x…')).toBe(true);
  });
});
