import { describe, expect, it } from '@jest/globals';
import { asEpoch, asInstant, asProviderId, asText, asTextMap, asUrl, at } from './tolerant-reader.js';

describe('reading what a provider sent', () => {
  it('sees own properties only', () => {
    const polluted: unknown = JSON.parse('{"__proto__":{"type":"x"},"a":{"b":1}}');
    expect([
      at(polluted, 'type'),
      at(polluted, 'toString'),
      at(polluted, 'a', 'b'),
      at(polluted, 'a', 'b', 'c'),
    ]).toEqual([undefined, undefined, 1, undefined]);
  });

  it.each([[''], ['a\0b'], ['\ud800'], ['x'.repeat(256)], [7], [null], [['a']]])(
    'takes %j for no text',
    (value) => {
      expect(asText(value)).toBeNull();
    },
  );

  it('takes a whole surrogate pair for text', () => {
    expect(asText('Zoë 🎉')).toBe('Zoë 🎉');
  });

  it.each([
    ['2026-11-20T10:00:00.654321Z', '2026-11-20T10:00:00.654Z'],
    ['2026-11-20T10:00:00+02:00', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20T10:00:00', '2026-11-20T10:00:00.000Z'],
    ['soon', null],
    ['-271821-04-20T00:00:00Z', null],
  ])('reads the instant %s as %s', (text, iso) => {
    expect(asInstant(text)?.toISOString() ?? null).toBe(iso);
  });

  it.each([
    [1_763_900_000, '2025-11-23T12:13:20.000Z'],
    [null, null],
    [undefined, null],
    [Number.NaN, null],
    [-1, null],
    [1e15, null],
    ['1763900000', null],
  ])('reads the second %s as %s', (seconds, iso) => {
    expect(asEpoch(seconds)?.toISOString() ?? null).toBe(iso);
  });

  it('keeps of metadata what is text, and no key that could pollute', () => {
    const metadata: unknown = JSON.parse(
      '{"plan":"pro","rank":2,"on":true,"__proto__":"x","constructor":"y","n":"a\\u0000"}',
    );
    const read = asTextMap(metadata);
    expect(Object.entries(read)).toEqual([['plan', 'pro']]);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  it.each([
    ['sub_1', true],
    ['0190a6b2-7c5e-7000-8000-000000000001', true],
    ['..', false],
    ['a/b', false],
    ['', false],
  ])('says of the id %j: %s', (id, isUsable) => {
    expect(asProviderId(id) !== null).toBe(isUsable);
  });

  it.each([
    ['https://checkout.example/c', true],
    ['javascript:alert(1)', false],
    ['https://', false],
    ['/checkout', false],
  ])('says of the URL %s: %s', (url, isUsable) => {
    expect(asUrl(url) !== null).toBe(isUsable);
  });
});
