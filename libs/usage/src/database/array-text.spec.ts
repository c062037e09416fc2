import { describe, expect, it } from '@jest/globals';
import { instantArray, plainArray, textArray } from './array-text.js';

describe('an array as Postgres reads it', () => {
  it('holds numbers and nothing', () => {
    expect(plainArray([1n, null, 3])).toBe('{1,NULL,3}');
    expect(plainArray([])).toBe('{}');
  });

  it('lets no text out of its quotes', () => {
    expect(textArray(['a', '', 'NULL', 'b,c}', 'say "yes"', 'back\\slash', null])).toBe(
      String.raw`{"a","","NULL","b,c}","say \"yes\"","back\\slash",NULL}`,
    );
  });

  it('spells instants in UTC, however often they come', () => {
    const noon = new Date('2027-03-10T12:00:00Z');
    const spelled = '"2027-03-10T12:00:00.000Z"';
    expect(instantArray([null, noon, noon, null, noon])).toBe(`{NULL,${spelled},${spelled},NULL,${spelled}}`);
  });
});
