import { describe, expect, it } from '@jest/globals';
import { BoundedMap } from './bounded-map.js';

describe('BoundedMap', () => {
  it('forgets the entry that was unused for longest, and no other', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('one', 1);
    map.set('two', 2);
    expect(map.get('one')).toBe(1);
    map.set('three', 3);
    expect([map.get('one'), map.get('two'), map.get('three')]).toEqual([1, undefined, 3]);
  });

  it('never holds more than its limit, whatever comes', () => {
    const map = new BoundedMap<number, number>(100);
    for (let key = 0; key < 10_000; key += 1) map.set(key, key);
    expect(map.size).toBe(100);
  });

  it('tells of every entry that leaves: replaced, deleted, pushed out or cleared', () => {
    const left: number[] = [];
    const map = new BoundedMap<string, number>(2, (value) => left.push(value));
    map.set('a', 1);
    map.set('a', 2);
    map.set('b', 3);
    map.set('c', 4);
    map.delete('b');
    map.clear();
    map.delete('nobody');
    expect(left).toEqual([1, 2, 3, 4]);
    expect(map.size).toBe(0);
  });
});
