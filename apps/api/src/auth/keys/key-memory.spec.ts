import { describe, expect, it } from '@jest/globals';
import { KeyMemory } from './key-memory.js';
import type { KnownKey } from './known-key.js';

const NOW = Date.UTC(2030, 0, 1);
const TTL_MS = 60_000;

function key(keyId = 'key-1'): KnownKey {
  return { principal: { kind: 'api_key', keyId, userId: 'user-1', organizationId: null }, expiresAt: null };
}

function memory() {
  const freshness = { fresh: true, epoch: 1, confirmedAt: NOW };
  return { freshness, keys: new KeyMemory(freshness) };
}

describe('the memory of keys', () => {
  it('is trusted while notifications are known to arrive, and not a moment longer', () => {
    const { freshness, keys } = memory();
    keys.keep('a', key(), { readAt: NOW, epoch: 1 });
    expect(keys.trusted('a', NOW)).toEqual(key());
    freshness.fresh = false;
    expect(keys.trusted('a', NOW)).toBeUndefined();
    expect(keys.wantsOnlyASignOfLife('a', NOW)).toBe(true);
    freshness.fresh = true;
    expect(keys.trusted('a', NOW)).toEqual(key());
  });

  it('is read again after anything may have been missed', () => {
    const { freshness, keys } = memory();
    keys.keep('a', key(), { readAt: NOW, epoch: 1 });
    freshness.epoch = 2;
    expect(keys.trusted('a', NOW)).toBeUndefined();
    expect(keys.wantsOnlyASignOfLife('a', NOW)).toBe(false);
    keys.keep('a', key(), { readAt: NOW, epoch: 2 });
    expect(keys.trusted('a', NOW)).toEqual(key());
  });

  it('ends after a minute at most, each key at a moment of its own', () => {
    const { keys } = memory();
    const texts = Array.from({ length: 64 }, (_, index) => `x${String.fromCharCode(64 + index)}x`);
    for (const text of texts) keys.keep(text, key(text), { readAt: NOW, epoch: 1 });
    const alive = (at: number): number => texts.filter((text) => keys.trusted(text, at) !== undefined).length;
    expect(alive(NOW + TTL_MS * 0.8 - 1)).toBe(64);
    expect(alive(NOW + TTL_MS * 0.9)).toBeGreaterThan(16);
    expect(alive(NOW + TTL_MS * 0.9)).toBeLessThan(48);
    expect(alive(NOW + TTL_MS)).toBe(0);
  });

  it('forgets the key that a notification names, and no other', () => {
    const { keys } = memory();
    keys.keep('a', key('key-1'), { readAt: NOW, epoch: 1 });
    keys.keep('b', key('key-2'), { readAt: NOW, epoch: 1 });
    keys.forget('key-1');
    expect(keys.trusted('a', NOW)).toBeUndefined();
    expect(keys.lastKnown('a')).toBeNull();
    expect(keys.trusted('b', NOW)).toEqual(key('key-2'));
  });

  it('is bounded, and rubbish pushes out no key', () => {
    const { keys } = memory();
    keys.keep('a', key(), { readAt: NOW, epoch: 1 });
    for (let index = 0; index < 20_000; index += 1)
      keys.keep(`rubbish-${index}`, null, { readAt: NOW, epoch: 1 });
    expect(keys.trusted('a', NOW)).toEqual(key());
    expect(keys.trusted('rubbish-19999', NOW)).toBeNull();
    expect(keys.size).toBe(5_001);
    for (let index = 0; index < 20_000; index += 1)
      keys.keep(`key-${index}`, key(`id-${index}`), { readAt: NOW, epoch: 1 });
    expect(keys.size).toBe(15_000);
  });

  it('knows up to when a key was certain: as long as its notifications were heard', () => {
    const { freshness, keys } = memory();
    keys.keep('a', key(), { readAt: NOW, epoch: 1 });
    freshness.confirmedAt = NOW + 30_000;
    expect(keys.lastKnown('a')?.trustedUpTo).toBe(NOW + 30_000);
    freshness.epoch = 2;
    expect(keys.lastKnown('a')?.trustedUpTo).toBe(NOW);
  });

  it('holds what the database said last', () => {
    const { keys } = memory();
    keys.keep('a', key(), { readAt: NOW, epoch: 1 });
    keys.keep('a', null, { readAt: NOW, epoch: 1 });
    expect(keys.trusted('a', NOW)).toBeNull();
    expect(keys.lastKnown('a')).toBeNull();
  });
});
