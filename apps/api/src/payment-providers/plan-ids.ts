import type { BillingInterval, MappedPrice } from '@tollgate/billing';
import { optional, type Variables } from '../config/variables.js';
import type { ProviderKind } from './provider-kind.js';

const PLANS = ['pro', 'team', 'enterprise'] as const;
const INTERVALS = ['month', 'year'] as const;
/** Plans whose ids a configured provider must name; team may be left out. */
const REQUIRED_PLANS: ReadonlySet<string> = new Set(['pro', 'enterprise']);

/** The variable that names a provider's id of a plan and interval. */
export function planIdVariable(
  { variables }: Pick<ProviderKind, 'variables'>,
  plan: string,
  interval: BillingInterval,
): string {
  return `${variables.planIds}_${plan.toUpperCase()}_${interval === 'month' ? 'MONTHLY' : 'YEARLY'}`;
}

/** The provider's ids of our plans that the environment names. */
export function namedPlanIds(variables: Variables, kind: ProviderKind): MappedPrice[] {
  return plansForSale().flatMap(({ plan, interval }) => {
    const externalId = optional.parse(variables[planIdVariable(kind, plan, interval)]);
    return externalId === undefined ? [] : [{ provider: kind.name, plan, interval, externalId }];
  });
}

/** The variables of ids that a configured provider must have and that are not set, each with what it should say. */
export function missingPlanIds(kind: ProviderKind, named: readonly MappedPrice[]): string[] {
  return plansForSale()
    .filter(({ plan }) => REQUIRED_PLANS.has(plan))
    .filter(({ plan, interval }) => !named.some((id) => id.plan === plan && id.interval === interval))
    .map(
      ({ plan, interval }) =>
        `${planIdVariable(kind, plan, interval)} is missing: the ${kind.name} id of the ${plan} plan by the ${interval}`,
    );
}

const plansForSale = () => PLANS.flatMap((plan) => INTERVALS.map((interval) => ({ plan, interval })));
