import { describe, expect, it } from '@jest/globals';
import { bearerToken } from './bearer.js';

describe('bearerToken', () => {
  it.each([undefined, '', '  '])('answers null when nothing was sent (%p)', (header) => {
    expect(bearerToken(header)).toBeNull();
  });

  it.each(['Bearer abc.def', 'bearer abc.def', 'BEARER   abc.def', ' Bearer abc.def '])(
    'finds the token in %p',
    (header) => {
      expect(bearerToken(header)).toBe('abc.def');
    },
  );

  it.each(['Bearer', 'Bearer ', 'Basic YTpi', 'abc.def', 'Bearer a b', 'Bearer ä'])(
    'refuses %p',
    (header) => {
      expect(() => bearerToken(header)).toThrow('not valid');
    },
  );
});
