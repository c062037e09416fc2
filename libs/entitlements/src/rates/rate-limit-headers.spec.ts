import { describe, expect, it } from '@jest/globals';
import { rateLimitHeaders, type ServiceLimit } from './rate-limit-headers.js';

const hourly: ServiceLimit = {
  name: 'perhr',
  limit: 1000,
  perSeconds: 3600,
  remaining: 999,
  resetInSeconds: 3600,
};

describe('rateLimitHeaders', () => {
  it.each<[string, ServiceLimit[], string, string]>([
    ['one', [hourly], '"perhr";q=1000;w=3600', '"perhr";r=999;t=3600'],
    [
      'several, in their order',
      [{ name: 'permin', limit: 50, perSeconds: 60, remaining: 0, resetInSeconds: 7 }, hourly],
      '"permin";q=50;w=60, "perhr";q=1000;w=3600',
      '"permin";r=0;t=7, "perhr";r=999;t=3600',
    ],
    [
      'a month, which has no fixed length',
      [{ ...hourly, perSeconds: null, resetInSeconds: null }],
      '"perhr";q=1000',
      '"perhr";r=999',
    ],
    ['one that is overdrawn', [{ ...hourly, remaining: -2 }], '"perhr";q=1000;w=3600', '"perhr";r=0;t=3600'],
    [
      'a number that the format cannot hold',
      [{ ...hourly, limit: 2 ** 53 }],
      '"perhr";q=999999999999999;w=3600',
      '"perhr";r=999;t=3600',
    ],
    [
      'a name with marks of the format, and more than ASCII',
      [{ ...hourly, name: 'a"b\\c\r\nä' }],
      String.raw`"a\"b\\c___";q=1000;w=3600`,
      String.raw`"a\"b\\c___";r=999;t=3600`,
    ],
  ])('renders %s', (_, limits, policy, state) => {
    expect(rateLimitHeaders(limits)).toEqual({ 'RateLimit-Policy': policy, RateLimit: state });
  });

  it('renders nothing when there is nothing to tell', () => {
    expect(rateLimitHeaders([])).toEqual({});
  });
});
