import type { Catalog, Feature, Plan, Rollout, SubjectLists } from './catalog.js';
import { formOfAllowance, formOfFeature, formOfPlan } from './form-of-catalog.js';

/** One difference. `path` leads to it by keys (`features.export.allowances.pro`); values are as in a catalog form. */
export interface CatalogChange {
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** Absent for what was added. */
  readonly before?: unknown;
  /** Absent for what was removed. */
  readonly after?: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

/**
 * Everything in which two catalogs differ, except their numbers: plans first, then features by key. What only one
 * of them has is one change, whole; spelling out a default is none.
 */
export function diffCatalogs(before: Catalog | null, after: Catalog): CatalogChange[] {
  const plans = plansOf(before, after);
  return [
    ...diffValues('defaultPlan', before?.defaultPlan, after.defaultPlan),
    ...diffMaps('plans', before?.plans ?? new Map(), after.plans, treeOfPlan, formOfPlan),
    ...diffMaps('features', before?.features ?? new Map(), after.features, treeOfFeature, (feature) =>
      formOfFeature(feature, plans),
    ),
  ];
}

function diffMaps<Item>(
  path: string,
  before: ReadonlyMap<string, Item>,
  after: ReadonlyMap<string, Item>,
  treeOf: (item: Item) => Tree,
  formOf: (item: Item) => unknown,
): CatalogChange[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return keys.flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    const at = `${path}.${key}`;
    if (old === undefined && now !== undefined) return [{ path: at, change: 'added', after: formOf(now) }];
    if (old !== undefined && now === undefined) return [{ path: at, change: 'removed', before: formOf(old) }];
    return old !== undefined && now !== undefined ? diffTrees(at, treeOf(old), treeOf(now)) : [];
  });
}

function diffTrees(path: string, before: Tree, after: Tree): CatalogChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => diffValues(`${path}.${key}`, own(before, key), own(after, key)));
}

function diffValues(path: string, before: unknown, after: unknown): CatalogChange[] {
  if (isTree(before) && isTree(after)) return diffTrees(path, before, after);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (before === undefined) return [{ path, change: 'added', after }];
  if (after === undefined) return [{ path, change: 'removed', before }];
  return [{ path, change: 'changed', before, after }];
}

const treeOfPlan = (plan: Plan): Tree => ({ ...plan });

function treeOfFeature({ window, rollout, failPolicy, allowances, ...fields }: Feature): Tree {
  return {
    ...fields,
    ...(window && { window }),
    ...(rollout && { rollout: treeOfRollout(rollout) }),
    failPolicy: failPolicy.kind === 'closed' ? 'closed' : { lastKnownSeconds: failPolicy.seconds },
    allowances: Object.fromEntries([...allowances].map(([plan, value]) => [plan, formOfAllowance(value)])),
  };
}

/** A list that is empty says the same as one that is absent. */
function treeOfRollout({ include, exclude, ...fields }: Rollout): Tree {
  const filled = (lists: SubjectLists): Tree =>
    Object.fromEntries(
      Object.entries(lists).filter(([, ids]: [string, readonly string[]]) => ids.length > 0),
    );
  return { ...fields, include: filled(include), exclude: filled(exclude) };
}

/** Fields of ours and keys of the catalog, never what every object inherits. */
const own = (tree: Tree, key: string): unknown => (Object.hasOwn(tree, key) ? tree[key] : undefined);

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Those of both catalogs: the allowances of a removed feature may name plans that are gone as well. */
const plansOf = (before: Catalog | null, after: Catalog): Plan[] =>
  [...new Map([...(before?.plans ?? []), ...after.plans]).values()].toSorted(
    (one, other) => one.rank - other.rank,
  );
