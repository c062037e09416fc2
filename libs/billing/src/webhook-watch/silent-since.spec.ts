import { describe, expect, it } from '@jest/globals';
import { silentSince } from './silent-since.js';

const on = (day: number): Date => new Date(Date.UTC(2027, 0, day));

describe('the silence of a provider', () => {
  it.each([
    ['begins with the last event', { watched: 1, heard: 5, sold: 2 }, 5],
    ['begins with the first sale where none came before', { watched: 1, heard: null, sold: 3 }, 3],
    ['begins with the first sale after a quiet time', { watched: 1, heard: 2, sold: 9 }, 9],
    ['begins when somebody watches for the first time', { watched: 8, heard: null, sold: 3 }, 8],
    ['is none while nothing is sold', { watched: 1, heard: 2, sold: null }, null],
  ])('%s', (_, { watched, heard, sold }, since) => {
    const facts = {
      watchedSince: on(watched),
      lastEventAt: heard === null ? null : on(heard),
      soldSince: sold === null ? null : on(sold),
    };
    expect(silentSince(facts)).toEqual(since === null ? null : on(since));
  });
});
