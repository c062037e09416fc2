import type { Catalogs } from '@tollgate/entitlements';
import type { ForSale } from '../plan-detection/price-map.store.js';
import { NotForSaleError } from './checkout.errors.js';

/** The refusal of a plan and interval that are not sold, with what is: plans in the order of their rank. */
export function notForSale(
  { plans, defaultPlan }: ReturnType<Catalogs['current']>,
  forSale: readonly ForSale[],
  { plan, interval }: { readonly plan: string; readonly interval: string },
): NotForSaleError {
  const ranked = [...plans.values()].toSorted((one, other) => one.rank - other.rank);
  const sold = ranked
    .map(({ key }) => ({
      key,
      intervals: forSale.filter((one) => one.plan === key).map((one) => one.interval),
    }))
    .filter(({ key, intervals }) => key !== defaultPlan && intervals.length > 0);
  return new NotForSaleError(plan, interval, sold);
}
