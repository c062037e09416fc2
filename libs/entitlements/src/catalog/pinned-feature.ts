import type { Allowance, Feature } from './catalog.js';
import type { Catalog } from './catalog.js';

const NOTHING: ReadonlyMap<string, Allowance> = new Map();

/**
 * A feature as an assignment pinned to an older version has it. What was sold comes from the pinned version: every
 * plan's allowance, the window it is counted in, over what. What operates the feature comes from the current
 * one: kill switch, rollout, rates, policies. So a switch that is thrown stops everybody, pinned or not. A feature
 * that the pinned version lacks was not sold with it.
 */
export function pinnedFeature(current: Feature, pinned: Catalog): Feature {
  const sold = pinned.features.get(current.key);
  if (!sold || sold.kind !== current.kind) return { ...current, allowances: NOTHING };
  const { window, countedBy, allowances } = sold;
  return { ...current, window, countedBy, allowances };
}
