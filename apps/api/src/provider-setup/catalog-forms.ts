import type { CatalogForm, ListPrice } from '@tollgate/billing';
import { seedCatalog } from '../database/seeds/catalog.js';

/** What the catalog says of a plan, as far as a provider is told. */
interface SoldPlan {
  readonly name: string;
  readonly perSeat?: boolean;
}

const PLANS: Readonly<Record<string, SoldPlan>> = seedCatalog.plans;
const SEATS: Readonly<Record<string, unknown>> = seedCatalog.features.seats.allowances;

/**
 * The products and prices that a provider is to have: every plan with a list price, by its name in the catalog.
 *
 * @param taxCode code of a digital product
 */
export function catalogForms(taxCode: string, listPrices: readonly ListPrice[]): readonly CatalogForm[] {
  return listPrices.flatMap((price) => {
    const plan = PLANS[price.plan];
    return plan === undefined ? [] : [toForm(price, plan, taxCode)];
  });
}

function toForm(price: ListPrice, { name, perSeat = false }: SoldPlan, taxCode: string): CatalogForm {
  const most = SEATS[price.plan];
  return {
    plan: price.plan,
    name,
    description: `${name} plan${perSeat ? ', priced per seat' : ''}`,
    interval: price.interval,
    money: { amount: price.amount, currency: price.currency },
    perSeat,
    mostSeats: perSeat && typeof most === 'number' && most > 0 ? most : null,
    taxCode,
  };
}
