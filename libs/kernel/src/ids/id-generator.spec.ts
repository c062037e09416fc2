import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { UuidV7Generator } from './id-generator.js';

afterEach(() => {
  jest.restoreAllMocks();
});

const many = (ids: UuidV7Generator, count: number): string[] =>
  Array.from({ length: count }, () => ids.next());

describe('ids', () => {
  it('are UUIDs of version 7 with the time of their making', () => {
    jest.spyOn(Date, 'now').mockReturnValue(0x0198_c0de_1234);
    expect(new UuidV7Generator().next()).toMatch(
      /^0198c0de-1234-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('of one process sort by their making, within a millisecond and when the clock is set back', () => {
    const ids = new UuidV7Generator();
    const now = jest.spyOn(Date, 'now');
    const made = [2_000, 2_000, 1_000, 2_001].flatMap((at) => {
      now.mockReturnValue(at);
      return many(ids, 1_000);
    });
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('of two processes differ within a millisecond', () => {
    jest.spyOn(Date, 'now').mockReturnValue(1_000);
    const [one, other] = [new UuidV7Generator(), new UuidV7Generator()];
    const made = [...many(one, 1_000), ...many(other, 1_000)];
    expect(new Set(made.map((id) => id.slice(24))).size).toBe(made.length);
  });

  it('start each millisecond in the lower half of its room', () => {
    const ids = new UuidV7Generator();
    const now = jest.spyOn(Date, 'now');
    for (let at = 1_000; at < 1_200; at++) {
      now.mockReturnValue(at);
      expect(ids.next()[15]).toMatch(/[0-7]/);
    }
  });
});
