import { describe, expect, it } from '@jest/globals';
import { pathMatches } from './api-fault.js';

describe('pathMatches', () => {
  it.each([
    ['/v1/subscriptions/*', '/v1/subscriptions/sub_1', true],
    ['/v1/subscriptions/*', '/v1/subscriptions', false],
    ['/v1/subscriptions/*', '/v1/subscriptions/sub_1/resume', false],
    ['/v1/subscriptions', '/v1/subscriptions/', true],
    ['/v1/subscriptions/**', '/v1/subscriptions', true],
    ['/v1/subscriptions/**', '/v1/subscriptions/sub_1/resume', true],
    ['/**', '/v1/prices', true],
    ['/v1/prices', '/v1/products', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pathMatches(pattern, path)).toBe(expected);
  });
});
