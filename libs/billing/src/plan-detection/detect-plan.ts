import type { BillingInterval } from '../providers/payment-provider.js';
import { planInSlug } from './plan-in-slug.js';

/** How a plan was recognised; in this order, the first that says anything decides. */
export type DetectionRule = 'mapped_price' | 'mapped_product' | 'metadata' | 'slug' | 'amount';

/** What one unit of something costs in each interval: minor units and ISO 4217 currency, lower case. */
export interface AmountSignature {
  readonly amount: bigint;
  readonly currency: string;
  readonly interval: BillingInterval;
}

/** What detection looks at: never anything that a customer can write. */
export interface SoldItem {
  readonly priceId: string | null;
  readonly productId: string | null;
  readonly productMetadata: Readonly<Record<string, string>>;
  /** Names that the merchant gave: lookup key (Stripe), product name. */
  readonly slugs: readonly string[];
  /** Null where the price is none of the catalog's (an ad-hoc price, a discount). */
  readonly signature: AmountSignature | null;
}

/** What we know of plans and prices. */
export interface PlanKnowledge {
  /** Plan by the provider's price or product id. */
  readonly mapped: ReadonlyMap<string, string>;
  readonly plans: ReadonlySet<string>;
  /** What our plans cost. */
  readonly signatures: readonly (AmountSignature & { readonly plan: string })[];
}

/** The plan and the rule that found it; else why none was found. */
export type Detection =
  | { readonly plan: string; readonly rule: DetectionRule }
  | { readonly plan: null; readonly why: 'none' | 'ambiguous' };

const INTERNAL_ID_PREFIX = 'plan_';
const NONE: Detection = { plan: null, why: 'none' };
const AMBIGUOUS: Detection = { plan: null, why: 'ambiguous' };

/**
 * Which plan a provider's price or product stands for: the map of ids, then metadata that the merchant wrote, then
 * names, then the amount. What matches two plans is ambiguous, and whoever asks keeps the plan that holds.
 */
export function detectPlan(item: SoldItem, knowledge: PlanKnowledge): Detection {
  const { mapped, plans } = knowledge;
  const known = (plan: string | null | undefined): plan is string => plan != null && plans.has(plan);
  const byPrice = item.priceId === null ? undefined : mapped.get(item.priceId);
  if (known(byPrice)) return { plan: byPrice, rule: 'mapped_price' };
  const byProduct = item.productId === null ? undefined : mapped.get(item.productId);
  if (known(byProduct)) return { plan: byProduct, rule: 'mapped_product' };
  const byMetadata = planInMetadata(item.productMetadata);
  // Metadata that names no plan of ours contradicts any guess from a name or an amount.
  if (byMetadata !== null) return known(byMetadata) ? { plan: byMetadata, rule: 'metadata' } : NONE;
  const bySlug = distinct(item.slugs.flatMap((slug) => planInSlug(slug, plans)));
  if (bySlug.length > 0) return single(bySlug, 'slug');
  return single(distinct(plansOfAmount(item.signature, knowledge)), 'amount');
}

function single(plans: readonly string[], rule: DetectionRule): Detection {
  const [plan, ...others] = plans;
  if (plan === undefined) return NONE;
  return others.length > 0 ? AMBIGUOUS : { plan, rule };
}

function plansOfAmount(signature: AmountSignature | null, { plans, signatures }: PlanKnowledge): string[] {
  if (signature === null || signature.amount === 0n) return [];
  const { amount, currency, interval } = signature;
  return signatures
    .filter((one) => one.amount === amount && one.currency === currency && one.interval === interval)
    .map(({ plan }) => plan)
    .filter((plan) => plans.has(plan));
}

function distinct(plans: readonly string[]): string[] {
  return [...new Set(plans)];
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
