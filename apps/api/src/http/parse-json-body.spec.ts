import { describe, expect, it } from '@jest/globals';
import { parseJsonBody } from './parse-json-body.js';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));

describe('parseJsonBody', () => {
  it.each<[string, unknown]>([
    ['', {}],
    ['null', null],
    ['"text"', 'text'],
    ['{"a":[1,2.5,true]}', { a: [1, 2.5, true] }],
    ['{"a":"😀"}', { a: '😀' }],
    ['{"prototype":1,"constructor":"Ltd"}', { prototype: 1, constructor: 'Ltd' }],
  ])('reads %s', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it('says where a document breaks, never what stands there', () => {
    expect(() => parse('{"password": hunter2}')).toThrow(
      /^The body is not JSON in UTF-8( \(at position \d+\))?$/,
    );
  });
});
