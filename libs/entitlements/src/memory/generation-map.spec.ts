import { describe, expect, it } from '@jest/globals';
import { GenerationMap } from './generation-map.js';

describe('GenerationMap', () => {
  it('never holds more than its limit', () => {
    const map = new GenerationMap<number, number>(100);
    for (let key = 0; key < 10_000; key++) {
      map.set(key, key);
      expect(map.size).toBeLessThanOrEqual(100);
    }
  });

  it('keeps what is asked for, and forgets what is not', () => {
    const map = new GenerationMap<string, number>(20);
    map.set('kept', 1);
    map.set('forgotten', 2);
    for (let key = 0; key < 100; key++) {
      map.set(`other ${key}`, key);
      expect(map.get('kept')).toBe(1);
    }
    expect(map.get('forgotten')).toBeUndefined();
  });

  it('forgets at once what is deleted, in either generation', () => {
    const map = new GenerationMap<number, number>(4);
    for (const key of [1, 2, 3]) map.set(key, key);
    map.delete(1);
    map.delete(3);
    expect([1, 2, 3].map((key) => map.get(key))).toEqual([undefined, 2, undefined]);
    map.clear();
    expect(map.size).toBe(0);
  });

  it('says what it forgets to make room, and only that', () => {
    const dropped: number[] = [];
    const map = new GenerationMap<number, number>(4, (value) => dropped.push(value));
    for (const key of [1, 2, 3, 4, 5]) map.set(key, key);
    expect(dropped).toEqual([1, 2]);
    expect([...map.values()].toSorted((one, other) => one - other)).toEqual([3, 4, 5]);
  });

  it('takes over a new value', () => {
    const map = new GenerationMap<number, string>(4);
    map.set(1, 'before');
    map.set(2, 'x');
    map.set(3, 'x');
    map.set(1, 'after');
    expect(map.get(1)).toBe('after');
  });
});
