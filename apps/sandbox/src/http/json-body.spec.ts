import { describe, expect, it } from '@jest/globals';
import { depthOf } from './json-body.js';

describe('depthOf', () => {
  it.each([
    ['1', 0],
    ['{"a":[{"b":1}],"c":[]}', 3],
    ['"[[[["', 0],
    ['{"a\\"[":"]{"}', 1],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 100_000],
  ])('of %.20s is %i', (text, depth) => {
    expect(depthOf(text)).toBe(depth);
  });
});
