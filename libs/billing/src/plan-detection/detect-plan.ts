/** How a plan was recognised. */
export type DetectionRule = 'mapped_price' | 'mapped_product' | 'metadata';

/** What detection looks at: never anything that a customer can write. */
export interface SoldItem {
  readonly priceId: string | null;
  readonly productId: string | null;
  readonly productMetadata: Readonly<Record<string, string>>;
}

/** The plan and the rule that found it. */
export interface DetectedPlan {
  readonly plan: string;
  readonly rule: DetectionRule;
}

const INTERNAL_ID_PREFIX = 'plan_';

/**
 * Which plan a provider's price or product stands for: the map of ids first, then metadata that the merchant
 * wrote. Null when nothing matches or what matches is no plan of the catalog: the caller keeps the current plan.
 */
export function detectPlan(
  item: SoldItem,
  mapped: ReadonlyMap<string, string>,
  plans: ReadonlySet<string>,
): DetectedPlan | null {
  const byPrice = item.priceId === null ? undefined : mapped.get(item.priceId);
  if (byPrice !== undefined && plans.has(byPrice)) return { plan: byPrice, rule: 'mapped_price' };
  const byProduct = item.productId === null ? undefined : mapped.get(item.productId);
  if (byProduct !== undefined && plans.has(byProduct)) return { plan: byProduct, rule: 'mapped_product' };
  const byMetadata = planInMetadata(item.productMetadata);
  return byMetadata !== null && plans.has(byMetadata) ? { plan: byMetadata, rule: 'metadata' } : null;
}

/** Metadata keys in their order; the first that is set decides. */
function planInMetadata(metadata: Readonly<Record<string, string>>): string | null {
  const { plan, internal_plan_id: internalId, tier } = metadata;
  if (plan) return plan;
  if (internalId) {
    return internalId.startsWith(INTERNAL_ID_PREFIX)
      ? internalId.slice(INTERNAL_ID_PREFIX.length)
      : internalId;
  }
  return tier || null;
}
