import { describe, expect, it } from '@jest/globals';
import { usageOf } from './usageOf.js';

describe('usageOf', () => {
  it.each([
    ['a flag', { kind: 'flag', limit: null, used: null }, null],
    ['a quota half used', { kind: 'quota', limit: '50', used: '25' }, { words: '25 of 50', percent: 50 }],
    ['more than the limit', { kind: 'capacity', limit: '3', used: '5' }, { words: '5 of 3', percent: 100 }],
    ['a limit of nothing', { kind: 'quota', limit: '0', used: '0' }, { words: '0 of 0', percent: null }],
    [
      'an unlimited quota',
      { kind: 'quota', limit: '-1', used: '7' },
      { words: '7, unlimited', percent: null },
    ],
    ['a ceiling', { kind: 'ceiling', limit: '10', used: null }, { words: 'up to 10', percent: null }],
  ] as const)('reads %s', (_case, entitlement, usage) => {
    expect(usageOf(entitlement)).toEqual(usage);
  });
});
