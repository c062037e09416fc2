import { describe, expect, it } from '@jest/globals';
import { parseJsonBody } from './parse-json-body.js';

const parse = (text: string, mostValues = 100): unknown => parseJsonBody(Buffer.from(text), mostValues);

describe('parseJsonBody', () => {
  it.each<[string, unknown]>([
    ['', {}],
    ['null', null],
    ['"text"', 'text'],
    ['{"a":[1,2.5,true]}', { a: [1, 2.5, true] }],
    ['{"a":"😀"}', { a: '😀' }],
  ])('reads %s', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it.each([
    '{"constructor":"Ltd"}',
    '{"a":[{"prototype":1}]}',
    '{"a":{"__proto__":{}}}',
    '{"\\u0063onstructor":{}}',
  ])('refuses %s, which validation would clean without a word', (text) => {
    expect(() => parse(text)).toThrow('prototype of an object');
  });

  it.each([
    ['[1,2]', 3],
    ['{"a":[{"b":1},{"c":2}]}', 6],
    ['"a,b,[[[[\\",["', 1],
    ['[[[1]]]', 4],
  ])('counts the values of %s: %i, brackets and commas in a text not among them', (text, values) => {
    expect(() => parse(text, values)).not.toThrow();
    expect(() => parse(text, values - 1)).toThrow(`${values - 1} values`);
  });

  it('says where a document breaks, never what stands there', () => {
    expect(() => parse('{"password": hunter2}')).toThrow(
      /^The body is not JSON in UTF-8( \(at position \d+\))?$/,
    );
  });
});
