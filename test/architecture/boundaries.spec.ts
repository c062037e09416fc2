import { describe, expect, it } from '@jest/globals';
import { ruleNames, violationsOf } from './cruise-tree.js';
import { cleanTree, installedPackages, plants } from './planted-violations.js';

/** Plants that import by bare name a package other than their own; the bench's peers are absent as a rule. */
const plantsOfAbsentPackages = plants.filter(
  ({ rule, text }) =>
    /(from|import) '[^.]/.test(text) &&
    !['no-self-barrel', 'no-dead-files', 'no-unresolvable', 'peers-only-in-bench'].includes(rule),
);

describe('the boundary rules', () => {
  it('find nothing in a tree that uses every door they leave open', async () => {
    expect(await violationsOf({ ...installedPackages, ...cleanTree })).toEqual([]);
  });

  it.each(plants.map((plant) => [plant.rule, plant.file, plant] as const))(
    '%s reports a planted violation in %s, and no other rule does',
    async (rule, file, plant) => {
      const tree = { ...installedPackages, ...cleanTree, ...plant.with, [file]: plant.text };

      const found = await violationsOf(tree);

      expect(new Set(found.map((violation) => violation.rule))).toEqual(new Set([rule]));
      expect(found.map(({ from, to }) => [from, to]).flat()).toContain(file);
    },
  );

  it.each(plantsOfAbsentPackages.map((plant) => [plant.rule, plant.text, plant] as const))(
    '%s does not fall silent when the package is absent: %s',
    async (rule, _text, plant) => {
      const target = `libs/${/@tollgate\/(\w+)/.exec(plant.text)?.[1]}/`;
      const tree = { ...cleanTree, ...plant.with, [plant.file]: plant.text };
      const withoutTarget = Object.fromEntries(
        Object.entries(tree).filter(([path]) => !path.startsWith(target)),
      );

      const found = await violationsOf(withoutTarget);

      expect(found.filter(({ from }) => from === plant.file).map((violation) => violation.rule)).toEqual(
        expect.arrayContaining([rule, 'no-unresolvable']),
      );
    },
  );

  it('front-door-only also sees a way round the door by package name', async () => {
    const file = 'apps/api/src/worker.ts';

    const found = await violationsOf({ ...cleanTree, [file]: `import '@tollgate/kernel/src/clock.js';` });

    expect(found.map(({ rule, from }) => [rule, from])).toContainEqual(['front-door-only', file]);
  });

  it('each have a planted violation, and no plant names a rule that is gone', async () => {
    expect(new Set(plants.map(({ rule }) => rule))).toEqual(new Set(await ruleNames()));
  });
});
