import { describe, expect, it } from '@jest/globals';
import { entityTag, holdsAlready } from './entity-tag.js';

describe('an entity tag', () => {
  it('is strong, and one for each body', () => {
    expect(entityTag('{"a":1}')).toMatch(/^"[A-Za-z0-9_-]{27}"$/);
    expect(entityTag('{"a":1}')).toBe(entityTag('{"a":1}'));
    expect(entityTag('{"a":1}')).not.toBe(entityTag('{"a":2}'));
  });

  const tag = entityTag('body');
  it.each([
    ['nothing', undefined, false],
    ['another tag', '"other"', false],
    ['the tag', tag, true],
    ['the tag, made weak on its way', `W/${tag}`, true],
    ['the tag among others', `"a", ${tag},"b"`, true],
    ['the tag in a header that came twice', ['"a"', tag], true],
    ['anything', '*', true],
    ['the tag without its quotes', tag.slice(1, -1), false],
    ['an empty header', '', false],
  ])('that the client holds is recognised in %s', (_what, header, held) => {
    expect(holdsAlready(header, tag)).toBe(held);
  });
});
