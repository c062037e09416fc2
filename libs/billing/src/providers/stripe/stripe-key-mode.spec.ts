import { describe, expect, it } from '@jest/globals';
import { isLiveKey } from './stripe-key-mode.js';

describe('the mode of a key of Stripe', () => {
  it.each([
    ['sk_live_51H', true],
    ['rk_live_51H', true],
    ['sk_test_51H', false],
    ['rk_test_51H', false],
    ['sandbox_api_key', null],
    ['xsk_live_51H', null],
  ])('%s is live: %j', (key, live) => {
    expect(isLiveKey(key)).toBe(live);
  });
});
