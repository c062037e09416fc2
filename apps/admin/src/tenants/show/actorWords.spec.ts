import { describe, expect, it } from '@jest/globals';
import { actorWords } from './actorWords.js';

const known = { userId: 'u-1', staffId: 's-1' };

describe('actorWords', () => {
  it.each([
    ['user:u-1', 'the tenant'],
    ['staff:s-1', 'you'],
    ['user:u-2', 'user:u-2'],
    ['staff:u-1', 'staff:u-1'],
    ['user:s-1', 'user:s-1'],
    ['system:subscription-sync', 'system:subscription-sync'],
  ])('says of %s: %s', (actor, words) => {
    expect(actorWords(actor, known)).toBe(words);
  });

  it('calls nobody you before it is known who reads', () => {
    expect(actorWords('staff:null', { userId: 'u-1', staffId: null })).toBe('staff:null');
  });
});
