import { asList, asReference, asText, at } from '../tolerant-reader.js';

/**
 * The item that stands for the plan; add-ons and metered items may come first, so the first item is never taken for it
 * as such. A price that a plan is mapped to wins, then one whose merchant-set metadata or lookup key may name a plan,
 * then the first recurring price that is not metered.
 */
export function choosePlanItem(subscription: unknown, planPrices: ReadonlySet<string>): unknown {
  const items = asList(at(subscription, 'items', 'data'));
  const isMapped = (item: unknown): boolean => planPrices.has(asReference(at(item, 'price')) ?? '');
  const licensed = items.filter(isLicensed);
  return items.find(isMapped) ?? licensed.find(namesPlan) ?? licensed[0];
}

function isLicensed(item: unknown): boolean {
  const usage = at(item, 'price', 'recurring', 'usage_type');
  return at(item, 'price', 'recurring') !== undefined && (usage === undefined || usage === 'licensed');
}

const PLAN_KEYS = ['internal_plan_id', 'plan', 'tier'] as const;

function namesPlan(item: unknown): boolean {
  const price = at(item, 'price');
  return PLAN_KEYS.some((key) =>
    [at(price, 'metadata', key), at(price, 'product', 'metadata', key)].some((one) => asText(one) !== null),
  );
}
