import type { models, Polar } from '@polar-sh/sdk/2026-10';
import { catalogMetadata, costsAs, isMarkedAs, isOurs, standing } from '../catalog-metadata.js';
import { assertAllDigital } from '../digital-goods.js';
import type { ProviderCalls } from '../provider-call.js';
import type { CatalogForm, ProviderPrice, PushedPrice } from '../provider-catalog.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asProviderId, asText, asTextMap, at } from '../tolerant-reader.js';
import { within } from './polar-errors.mapper.js';
import { walkPolarPages } from './polar-listing.js';
import { toPolarPrices } from './polar-prices.js';

/** A product as it stands now, without what stands beside it. */
type DonePrice = Omit<PushedPrice, 'stays'>;

/** Products and prices at Polar: a plan by the month and a plan by the year are two products. */
export class PolarCatalog {
  constructor(
    private readonly polar: Polar,
    private readonly calls: ProviderCalls,
  ) {}

  /** Prices on sale. */
  async list(): Promise<readonly ProviderPrice[]> {
    return (await this.products()).flatMap((product) => toPolarPrices(product));
  }

  /** Prices on sale that carry our metadata. */
  async readBack(): Promise<readonly ProviderPrice[]> {
    return (await this.list()).filter((price) => isOurs(price));
  }

  /** Prices of one product; empty when Polar has none on sale. */
  async pricesOf(productId: string): Promise<readonly ProviderPrice[]> {
    const product = await this.calls.repeatably((milliseconds) =>
      this.polar.products.get(productId, within(milliseconds)),
    );
    return toPolarPrices(product);
  }

  /** Creates what is missing and corrects what differs, one form after the other. */
  async push(forms: readonly CatalogForm[]): Promise<readonly PushedPrice[]> {
    assertAllDigital(forms);
    const known = await this.products();
    const pushed: PushedPrice[] = [];
    for (const form of forms) {
      const ours = known.filter((product) => isMarkedAs(asTextMap(at(product, 'metadata')), form));
      const same = ours.find((product) => toPolarPrices(product).some((price) => costsAs(price, form)));
      const done = same === undefined ? await this.create(form) : await this.correct(form, same);
      const prices = ours.flatMap((product) => toPolarPrices(product));
      pushed.push({ ...done, stays: standing(prices, done.priceRef) });
    }
    return pushed;
  }

  private async products(): Promise<readonly unknown[]> {
    const query = { is_archived: false, is_recurring: true, limit: 100 };
    const found: unknown[] = [];
    const pages = walkPolarPages(this.calls, (page, milliseconds) =>
      this.polar.products.list({ ...query, page }, within(milliseconds)),
    );
    for await (const product of pages) found.push(product);
    return found;
  }

  /**
   * A new price is a new product, also where one at another price exists: the price of a product could be changed, but
   * then the shop would sell at the new one before staff have said so.
   *
   * Sent once: Polar has no idempotency keys, and the next push finds by our metadata what this one made.
   */
  private async create(form: CatalogForm): Promise<DonePrice> {
    const body: models.ProductCreate = {
      name: form.name,
      description: form.description,
      metadata: catalogMetadata(form),
      recurring_interval: form.interval,
      prices: [toPrice(form)],
    };
    const product = await this.calls.once((milliseconds) =>
      this.polar.products.create(body, within(milliseconds)),
    );
    return toDone(form, product, 'created');
  }

  /** Corrects the words of a product that costs what it should. */
  private async correct(form: CatalogForm, product: unknown): Promise<DonePrice> {
    const { name, description } = form;
    const isWorded =
      asText(at(product, 'name')) === name && asText(at(product, 'description'), 5000) === description;
    if (isWorded) return toDone(form, product, 'unchanged');
    const id = requireProductId(product);
    const updated = await this.calls.repeatably((milliseconds) =>
      this.polar.products.update(id, { name, description }, within(milliseconds)),
    );
    return toDone(form, updated, 'updated');
  }
}

function toPrice({ money, perSeat, mostSeats }: CatalogForm) {
  const price_currency = money.currency as models.PresentmentCurrency;
  if (!perSeat) return { amount_type: 'fixed' as const, price_amount: Number(money.amount), price_currency };
  const tier = { min_seats: 1, max_seats: mostSeats, price_per_seat: Number(money.amount) };
  return { amount_type: 'seat_based' as const, price_currency, seat_tiers: { tiers: [tier] } };
}

function requireProductId(product: unknown): string {
  const id = asProviderId(at(product, 'id'));
  if (id === null) throw new ProviderUnavailableError('polar');
  return id;
}

function toDone(form: CatalogForm, product: unknown, outcome: PushedPrice['outcome']): DonePrice {
  const productId = requireProductId(product);
  return { plan: form.plan, interval: form.interval, productId, priceRef: productId, outcome };
}
