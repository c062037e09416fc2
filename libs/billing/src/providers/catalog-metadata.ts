import type { CatalogForm, ProviderPrice, StandingPrice } from './provider-catalog.js';

const PERIODS = { month: 'monthly', year: 'yearly' } as const;

/** The metadata by which we find again what we pushed. */
export function catalogMetadata({ plan, interval }: Pick<CatalogForm, 'plan' | 'interval'>): {
  internal_plan_id: string;
  billing_period: string;
} {
  return { internal_plan_id: `plan_${plan}`, billing_period: PERIODS[interval] };
}

/** Whether these are the metadata of this plan and interval. */
export function isMarkedAs(
  metadata: Readonly<Record<string, string>>,
  form: Pick<CatalogForm, 'plan' | 'interval'>,
): boolean {
  const wanted = catalogMetadata(form);
  return (
    metadata['internal_plan_id'] === wanted.internal_plan_id &&
    metadata['billing_period'] === wanted.billing_period
  );
}

/** Whether a price carries our metadata. */
export function isOurs({ metadata }: ProviderPrice): boolean {
  return metadata['internal_plan_id'] !== undefined && metadata['billing_period'] !== undefined;
}

/** Whether a price asks for what the form asks for; one that does not tell whether it is per seat may be. */
export function costsAs(
  { money, perSeat }: Pick<ProviderPrice, 'money' | 'perSeat'>,
  form: Pick<CatalogForm, 'money' | 'perSeat'>,
): boolean {
  const isSameMoney = money.amount === form.money.amount && money.currency === form.money.currency;
  return isSameMoney && (perSeat === null || perSeat === form.perSeat);
}

/** Prices beside the pushed one, as a push tells them. */
export function standing(prices: readonly ProviderPrice[], pushedRef: string): readonly StandingPrice[] {
  return prices
    .filter(({ priceRef }) => priceRef !== pushedRef)
    .map(({ priceRef, money }) => ({ priceRef, money }));
}
