import { describe, expect, it } from '@jest/globals';
import { isLoopback, isLoopbackHost } from './loopback.js';

describe('isLoopback', () => {
  it.each(['127.0.0.1', '127.255.3.4', '::1', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1'])('is %s', (address) => {
    expect(isLoopback(address)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '0.0.0.0',
    '128.0.0.1',
    '10.0.0.1',
    '::',
    '::2',
    '::ffff:10.0.0.1',
    '127.0.0.1.evil',
  ])('is not %s', (address) => {
    expect(isLoopback(address)).toBe(false);
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:80', '127.0.0.1', '[::1]:3000', '[::1]'])(
    'is %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    undefined,
    '',
    'localhost.evil.example',
    'evil.example',
    '127.0.0.1.evil.example',
    'localhost:',
    '::1',
  ])('is not %s', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
