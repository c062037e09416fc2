import { describe, expect, it } from '@jest/globals';
import { isLoopback } from './database.js';

describe('isLoopback', () => {
  it.each(['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', '/var/run/postgresql'])(
    'takes %s for this machine',
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.each(['db', '10.0.0.1', '127.0.0.1.example.com', 'localhost.example.com', '0.0.0.0', ''])(
    'takes %p for another one',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
