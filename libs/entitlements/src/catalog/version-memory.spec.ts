import { describe, expect, it } from '@jest/globals';
import type { Catalog } from './catalog.js';
import { VersionMemory } from './version-memory.js';

const catalogOf = (version: number): Catalog => ({
  version,
  plans: new Map(),
  features: new Map(),
  defaultPlan: 'free',
});

function memoryOf(most: number) {
  const reads: number[] = [];
  const memory = new VersionMemory((version) => {
    reads.push(version);
    return version < 0 ? Promise.reject(new Error('no database')) : Promise.resolve(catalogOf(version));
  }, most);
  return { memory, reads };
}

describe('the memory of old versions', () => {
  it('reads a version once, however many ask at the same time and later', async () => {
    const { memory, reads } = memoryOf(2);
    await Promise.all([memory.load(1), memory.load(1), memory.load(1)]);
    expect(await memory.load(1)).toBe(memory.get(1));
    expect(reads).toEqual([1]);
  });

  it('forgets the longest unused beyond its size', async () => {
    const { memory } = memoryOf(2);
    for (const version of [1, 2, 1, 3]) await memory.load(version);
    expect([1, 2, 3].map((version) => memory.get(version)?.version)).toEqual([1, undefined, 3]);
  });

  it('tries again after a failure', async () => {
    const { memory, reads } = memoryOf(2);
    await expect(memory.load(-1)).rejects.toThrow('no database');
    await expect(memory.load(-1)).rejects.toThrow('no database');
    expect(reads).toEqual([-1, -1]);
  });
});
