import type { Allowance, Catalog, Feature, Plan } from '@tollgate/entitlements';
import { toWire } from '@tollgate/usage';
import type { BillingInterval } from '../providers/payment-provider.js';
import { yearlySaving } from './yearly-saving.js';

/** A price that can be bought; `id` is what the provider calls it, null for a price of our own list. */
export interface ShownPrice {
  readonly id: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly interval: BillingInterval;
}

/** What a plan gives of one feature. `limit` is -1 for unlimited and null for a flag. */
export interface ShownFeature {
  readonly key: string;
  readonly name: string;
  readonly kind: Feature['kind'];
  readonly included: boolean;
  readonly limit: number | string | null;
  readonly window: Feature['window'];
  readonly overage: boolean;
}

/** A plan as it stands on the pricing page. */
export interface ShownPlan {
  readonly key: string;
  readonly name: string;
  readonly rank: number;
  readonly perSeat: boolean;
  /** `contact`: it has no price that can be bought here. */
  readonly sold: 'free' | 'for_sale' | 'contact';
  readonly prices: readonly ShownPrice[];
  /** Minor units that a year costs less than twelve months; null where nothing is saved. */
  readonly yearlySaving: bigint | null;
  readonly features: readonly ShownFeature[];
}

/** All plans of the catalog, lowest rank first, with the price of each at each interval where there is one. */
export function plansToShow(
  catalog: Catalog,
  priceOf: (plan: string, interval: BillingInterval) => ShownPrice | null,
): ShownPlan[] {
  return [...catalog.plans.values()]
    .toSorted((one, other) => one.rank - other.rank)
    .map((plan) => planToShow(catalog, plan, priceOf(plan.key, 'month'), priceOf(plan.key, 'year')));
}

function planToShow(
  catalog: Catalog,
  { key, name, rank, perSeat }: Plan,
  month: ShownPrice | null,
  year: ShownPrice | null,
): ShownPlan {
  const isFree = key === catalog.defaultPlan;
  const prices = isFree ? [] : [month, year].filter((price) => price !== null);
  return {
    key,
    name,
    rank,
    perSeat,
    sold: isFree ? 'free' : prices.length > 0 ? 'for_sale' : 'contact',
    prices,
    yearlySaving: month && year && !isFree ? yearlySaving(month, year) : null,
    features: [...catalog.features.values()].map((feature) => featureToShow(feature, key)),
  };
}

function featureToShow(feature: Feature, plan: string): ShownFeature {
  const { key, name, kind, window } = feature;
  const allowance: Allowance | undefined = feature.enabled ? feature.allowances.get(plan) : undefined;
  return {
    key,
    name,
    kind,
    window,
    included: allowance !== undefined,
    limit: allowance?.limit == null ? null : toWire(allowance.limit),
    overage: allowance?.overage === 'allow',
  };
}
