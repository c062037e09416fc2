import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import {
  countedIds,
  idsIn,
  rowsOf,
  type TestOutcome,
  testsOf,
  verify,
  withProofs,
} from '../checklist/list.mjs';

const conflicts = Array.from({ length: 13 }, (_, index) => `C${index + 1}`);
const file = 'test/e2e/story.spec.ts';
const proven: TestOutcome = { file, name: 'the story FX-03 answers 403', status: 'passed' };

/** A whole list in which every row says "not yet", but for the proofs given. */
function listWith(proofs: Record<string, string> = {}): string {
  const rows = [...countedIds, ...conflicts].map(
    (id) => `| ${id} | what ${id} asks | ${proofs[id] ?? 'not yet'} |`,
  );
  return ['# List', '', '| id | requirement | proof |', '|---|---|---|', ...rows].join('\n');
}

const problemsOf = (markdown: string, tests: readonly TestOutcome[]) =>
  verify(rowsOf(markdown), tests).problems;

describe('the checklist', () => {
  it('counts 174 ids, of which a whole list without proofs proves none', () => {
    expect(verify(rowsOf(listWith()), [])).toEqual({ problems: [], proven: 0, total: 174 });
  });

  it('counts a row whose test passed', () => {
    const markdown = listWith({ 'FX-03': `\`${file}\` › ${proven.name}` });

    expect(verify(rowsOf(markdown), [proven])).toEqual({ problems: [], proven: 1, total: 174 });
  });

  it('refuses a claim whose test is absent, failed, skipped, failed once, or carries another id', () => {
    const markdown = listWith({ 'FX-03': `\`${file}\` › ${proven.name}` });
    const gone = `FX-03: there is no such test: ${file} › ${proven.name}`;

    expect(problemsOf(markdown, [])).toEqual([gone]);
    expect(problemsOf(markdown, [{ ...proven, file: 'test/e2e/other.spec.ts' }])).toEqual([gone]);
    expect(problemsOf(markdown, [{ ...proven, status: 'pending' }])).toEqual([
      `FX-03: did not pass (pending): ${file} › ${proven.name}`,
    ]);
    expect(problemsOf(markdown, [proven, { ...proven, status: 'failed' }])).toEqual([
      `FX-03: did not pass (failed): ${file} › ${proven.name}`,
      `FX-03: failed: ${file} › ${proven.name}`,
    ]);
    expect(problemsOf(listWith({ 'FX-04': `\`${file}\` › ${proven.name}` }), [proven])).toContain(
      `FX-04: the test it names does not carry it: ${file} › ${proven.name}`,
    );
  });

  it('refuses a row that says "not yet" although a passing test carries its id', () => {
    expect(problemsOf(listWith(), [proven])).toEqual([
      `FX-03: says "not yet", but a test carries it: ${file} › ${proven.name}`,
    ]);
  });

  it('refuses a row that is missing, doubled or unknown, and an unknown id in a test', () => {
    const broken = listWith().replace('| GO-47 |', '| GO-48 |').replace('| C13 |', '| C12 |');
    const stray = { ...proven, name: 'the story EE-27 works' };

    expect(problemsOf(broken, [stray])).toEqual([
      'GO-47: its row is missing',
      'C13: its row is missing',
      'C12: has 2 rows',
      'GO-48: no such id',
      `EE-27: no such id, in ${file} › the story EE-27 works`,
    ]);
  });

  it('refuses a proof that is not a test', () => {
    expect(problemsOf(listWith({ 'SB-02': 'see the code' }), [])).toEqual([
      'SB-02: its proof is neither "not yet" nor `file` › test name',
    ]);
  });

  it('holds the conflicts to their claims without counting them', () => {
    const test = { file, name: 'a missing limit denies', status: 'passed' };
    const markdown = listWith({ C1: `\`${file}\` › ${test.name}` });

    expect(verify(rowsOf(markdown), [test])).toEqual({ problems: [], proven: 0, total: 174 });
    expect(problemsOf(markdown, [])).toEqual([`C1: there is no such test: ${file} › ${test.name}`]);
  });

  it('fills the proofs in, one test for each file, and then finds nothing to say', () => {
    const tests: TestOutcome[] = [
      { file, name: 'the story EE-02 | EE-03 denies', status: 'passed' },
      { file, name: 'the story EE-02 answers 401', status: 'passed' },
      {
        file: 'libs/entitlements/src/a.spec.ts',
        name: 'decision EE-02 stops at the first layer',
        status: 'passed',
      },
    ];

    const written = withProofs(listWith(), tests);

    expect(rowsOf(written).find(({ id }) => id === 'EE-02')?.proofs).toEqual([
      { file: 'libs/entitlements/src/a.spec.ts', name: 'decision EE-02 stops at the first layer' },
      { file, name: 'the story EE-02 | EE-03 denies' },
    ]);
    expect(verify(rowsOf(written), tests)).toEqual({ problems: [], proven: 2, total: 174 });
    expect(withProofs(written, tests)).toBe(written);
  });

  it('keeps a lost proof in the list, so that it is reported', () => {
    const markdown = listWith({ 'FX-03': `\`${file}\` › ${proven.name}` });

    expect(withProofs(markdown, [])).toBe(markdown);
  });

  it('reads ids that stand by themselves and expands nothing', () => {
    const [first, last] = ['GO-28', 'GO-36'];

    expect(idsIn(`sync ${first} to ${last}, ${first}/29 XGO-30 GO-310`)).toEqual([first, last]);
  });

  it('reads a Jest report with files relative to the repository and names on one line', () => {
    const assertionResults = [{ fullName: 'the story\n  is told', status: 'passed' }];

    expect(testsOf({ testResults: [{ name: '/src/test/e2e/a.spec.ts', assertionResults }] }, '/src')).toEqual(
      [{ file: 'test/e2e/a.spec.ts', name: 'the story is told', status: 'passed' }],
    );
  });

  it('finds the project’s own list whole', async () => {
    const markdown = await readFile(join(import.meta.dirname, '../../docs/checklist.md'), 'utf8');
    const claimed = rowsOf(markdown).flatMap(({ proofs }) =>
      proofs.map((proof) => ({ ...proof, status: 'passed' })),
    );

    expect(problemsOf(markdown, claimed)).toEqual([]);
  });
});
