import { beforeAll, describe, expect, it } from '@jest/globals';
import { type LintFinding, lintFindingsOf } from './lint-tree.js';
import { lintClean, lintPlants } from './planted-lint.js';

/** Plants share files and rooms: each gets a folder of its own under the folder it is planted in. */
const planted = lintPlants.map(([rule, file, text], index) => {
  const path = file.replace(/([^/]+)$/, `plant-${index}/$1`);
  return { rule, path, text };
});

describe('the lint rules', () => {
  let findings: LintFinding[];

  beforeAll(async () => {
    findings = await lintFindingsOf(Object.fromEntries(planted.map(({ path, text }) => [path, text])));
  });

  it.each(planted)('$rule refuses $text in $path', ({ rule, path }) => {
    expect(findings.filter(({ file }) => file === path).map((finding) => finding.rule)).toContain(rule);
  });

  it('let each room do what the room is for', async () => {
    expect(await lintFindingsOf(lintClean)).toEqual([]);
  });
});
