import { describe, expect, it } from '@jest/globals';
import { freePlaces } from './free-places.js';

const KINDS = ['a', 'b', 'c'];

describe('freePlaces', () => {
  it.each<[string[], string[], number]>([
    [[], ['a', 'b', 'c'], 4],
    [['a'], ['a', 'b', 'c'], 3],
    [['a', 'a', 'a', 'b'], ['a', 'b', 'c'], 1],
    [['a', 'a', 'a', 'a'], ['b', 'c'], 4],
    [['a', 'a', 'a', 'a', 'b'], ['b', 'c'], 3],
    [['a', 'a', 'a', 'a', 'b', 'b', 'b', 'c'], [], 0],
    [['a', 'a', 'a', 'b', 'b', 'c', 'c'], ['a', 'b', 'c'], 1],
    [['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'], [], 0],
    [['a', 'a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'], [], 0],
  ])('beside %j there is room for %j, %i at most', (underWay, kinds, limit) => {
    expect(freePlaces(KINDS, underWay)).toEqual({ kinds, limit });
  });

  it('has no room where no kind is known', () => {
    expect(freePlaces([], [])).toEqual({ kinds: [], limit: 0 });
  });
});
