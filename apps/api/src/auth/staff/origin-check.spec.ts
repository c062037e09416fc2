import { describe, expect, it } from '@jest/globals';
import { isOriginAllowed } from './origin-check.js';

const APP = 'https://app.example/base';

describe('isOriginAllowed', () => {
  it.each([
    ['GET', undefined, false, true],
    ['GET', 'https://evil.example', false, true],
    ['POST', 'https://app.example', false, true],
    ['POST', 'https://app.example:8443', false, false],
    ['POST', 'http://app.example', false, false],
    ['POST', 'https://app.example.evil.example', false, false],
    ['DELETE', 'null', false, false],
    ['DELETE', '', false, false],
    ['PUT', undefined, false, false],
    ['POST', undefined, true, true],
    ['POST', 'https://evil.example', true, false],
  ])('%s from %p with silence allowed %p is %p', (method, origin, mayBeSilent, allowed) => {
    expect(isOriginAllowed(method, origin, APP, mayBeSilent)).toBe(allowed);
  });
});
