import { beforeAll, describe, expect, it } from '@jest/globals';
import { plantedCatalogs, plantedKeys, sourceAround } from './planted-keys.js';
import { typeErrorsOf, type Verdicts } from './type-check.js';

const named = [...plantedKeys, ...plantedCatalogs].map((planted, index) => ({
  ...planted,
  file: `use-${index}.ts`,
}));
const sources = Object.fromEntries(named.map(({ file, use }) => [file, sourceAround(use)]));
const refused = named.flatMap(({ refusal, ...rest }) => (refusal ? [{ ...rest, refusal }] : []));
const fine = named.filter(({ refusal }) => refusal === null);

describe('in an application that registered its catalog', () => {
  let verdicts: Verdicts;
  beforeAll(() => {
    verdicts = typeErrorsOf(sources, { registered: true });
  }, 300_000);

  it.each(refused)('this does not compile: $use', ({ file, refusal }) => {
    expect(verdicts.get(file)).toEqual([expect.stringMatching(refusal)]);
  });

  it.each(fine)('this compiles: $use', ({ file }) => {
    expect(verdicts.get(file)).toEqual([]);
  });
});

describe('where no catalog is registered', () => {
  it('every text is a key', () => {
    const verdicts = typeErrorsOf(sources, { registered: false });
    const keys = named.slice(0, plantedKeys.length);
    expect(keys.map(({ file }) => verdicts.get(file))).toEqual(keys.map(() => []));
  }, 300_000);
});
