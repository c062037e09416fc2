import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { typeErrorsOf, type Verdicts } from './type-check.js';

const repository = join(import.meta.dirname, '../..');
const read = (page: string): string => readFileSync(join(repository, page), 'utf8');

const samples = [
  ...read('docs/guide/guarding-your-code.md').matchAll(/^```ts sample=(\w+)\n([^]*?)^```$/gm),
].map(([, name = '', code = '']) => [`${name}.ts`, code] as const);

/** The README's route; `Reports` and the feature `reports` are the reader's own, as it says. */
const route = `${/## A guarded route\n\n```ts\n([^]*?)```/.exec(read('README.md'))?.[1] ?? ''}
declare class Reports { insert(tx: object, ownerId: string): object; export(id: string): object }
`;

describe('what the pages about guarding show', () => {
  let guide: Verdicts;
  let readme: Verdicts;
  beforeAll(() => {
    guide = typeErrorsOf(Object.fromEntries(samples), { registered: true });
    readme = typeErrorsOf({ 'route.ts': route }, { registered: false });
  }, 300_000);

  it('is one sample for each way to guard', () => {
    expect(samples.map(([file]) => file)).toEqual(
      ['lookup', 'told', 'queue', 'cron', 'method', 'service'].map((name) => `${name}.ts`),
    );
  });

  it.each(samples)('compiles in the sample application: %s', (file) => {
    expect(guide.get(file)).toEqual([]);
  });

  it('compiles on the front page', () => {
    expect(route).toContain('@WithinCapacity');
    expect(readme.get('route.ts')).toEqual([]);
  });
});
