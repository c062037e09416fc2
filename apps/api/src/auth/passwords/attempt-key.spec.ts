import { describe, expect, it } from '@jest/globals';
import { attemptKey, networkOf } from './attempt-key.js';

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
    ['2001:DB8::1', '2001:0db8:0000:0000'],
    ['::1', '0000:0000:0000:0000'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('attemptKey', () => {
  it('tells doors, accounts and addresses apart', () => {
    const keys = [
      attemptKey('user', 'a@x.test', '10.0.0.1'),
      attemptKey('staff', 'a@x.test', '10.0.0.1'),
      attemptKey('user', 'b@x.test', '10.0.0.1'),
      attemptKey('user', 'a@x.test', '10.0.0.2'),
    ].map((key) => key.toString('hex'));
    expect(new Set(keys).size).toBe(4);
  });
});
