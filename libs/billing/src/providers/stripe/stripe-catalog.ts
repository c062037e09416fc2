import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { catalogMetadata, costsAs, isMarkedAs, isOurs, standing } from '../catalog-metadata.js';
import { assertAllDigital } from '../digital-goods.js';
import type { ProviderCalls } from '../provider-call.js';
import type { CatalogForm, ProviderPrice, PushedPrice } from '../provider-catalog.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asProviderId, asReference, asText, at } from '../tolerant-reader.js';
import { walkStripePages } from './stripe-listing.js';
import { toStripePrice } from './stripe-prices.js';

/** A product as it should stand, or null where a step must be taken. */
interface Ensured {
  readonly productId: string;
  readonly changed: boolean;
}

/** Products and prices at Stripe: a plan is one product with a price for every interval. */
export class StripeCatalog {
  constructor(
    private readonly stripe: Stripe,
    private readonly calls: ProviderCalls,
  ) {}

  /** Prices on sale. */
  async list(): Promise<readonly ProviderPrice[]> {
    const found: ProviderPrice[] = [];
    const query = { active: true, type: 'recurring' as const, limit: 100, expand: ['data.product'] };
    const pages = walkStripePages(this.calls, (after, timeout) =>
      this.stripe.prices.list({ ...query, ...after }, { timeout }),
    );
    for await (const told of pages) {
      const price = toStripePrice(told);
      if (price !== null) found.push(price);
    }
    return found;
  }

  /** Prices on sale that carry our metadata. */
  async readBack(): Promise<readonly ProviderPrice[]> {
    return (await this.list()).filter((price) => isOurs(price));
  }

  /** Creates what is missing and corrects what differs, one form after the other. */
  async push(forms: readonly CatalogForm[]): Promise<readonly PushedPrice[]> {
    assertAllDigital(forms);
    const products = await this.products();
    const prices = await this.list();
    const ensured = new Map<string, Ensured>();
    const pushed: PushedPrice[] = [];
    for (const form of forms) {
      const product = ensured.get(form.plan) ?? (await this.ensureProduct(form, products));
      ensured.set(form.plan, product);
      pushed.push(await this.ensurePrice(form, product, prices));
    }
    return pushed;
  }

  private async products(): Promise<readonly unknown[]> {
    const found: unknown[] = [];
    const pages = walkStripePages(this.calls, (after, timeout) =>
      this.stripe.products.list({ limit: 100, ...after }, { timeout }),
    );
    for await (const product of pages) found.push(product);
    return found;
  }

  /** An archived product of ours is put on sale again rather than made twice. */
  private async ensureProduct(form: CatalogForm, products: readonly unknown[]): Promise<Ensured> {
    const { internal_plan_id } = catalogMetadata(form);
    const wanted = {
      name: form.name,
      description: form.description,
      tax_code: form.taxCode ?? '',
      metadata: { internal_plan_id },
    };
    const known = products.find(
      (one) => asText(at(one, 'metadata', 'internal_plan_id')) === internal_plan_id,
    );
    if (known === undefined) {
      const idempotencyKey = `product:${JSON.stringify(wanted)}`.slice(0, 255);
      const productId = await this.calls.repeatably(async (timeout) =>
        requireId(await this.stripe.products.create(wanted, { idempotencyKey, timeout })),
      );
      return { productId, changed: true };
    }
    const productId = requireId(known);
    const stands =
      at(known, 'active') !== false &&
      at(known, 'name') === wanted.name &&
      at(known, 'description') === wanted.description &&
      asReference(at(known, 'tax_code')) === wanted.tax_code;
    if (stands) return { productId, changed: false };
    await this.calls.repeatably(async (timeout) =>
      requireId(await this.stripe.products.update(productId, { ...wanted, active: true }, { timeout })),
    );
    return { productId, changed: true };
  }

  /**
   * An amount cannot be changed at Stripe: a new price takes over the lookup key. The old one stays on sale, because
   * checkouts name it by its id until staff have put the new one in its place.
   */
  private async ensurePrice(
    form: CatalogForm,
    product: Ensured,
    prices: readonly ProviderPrice[],
  ): Promise<PushedPrice> {
    const { productId } = product;
    const { plan, interval } = form;
    const ours = prices.filter((one) => one.productId === productId && isMarkedAs(one.metadata, form));
    const fitting = ours.filter((one) => costsAs(one, form));
    const same = fitting.find(({ perSeat }) => perSeat !== null) ?? fitting[0];
    const priceRef = same?.priceRef ?? (await this.createPrice(form, productId, ours));
    const isUnmarked = same?.perSeat === null;
    if (isUnmarked) await this.mark(priceRef, form);
    const isTouched = isUnmarked || product.changed;
    const outcome = same === undefined ? 'created' : isTouched ? 'updated' : 'unchanged';
    return { plan, interval, productId, priceRef, outcome, stays: standing(ours, priceRef) };
  }

  private async createPrice(
    form: CatalogForm,
    productId: string,
    beside: readonly ProviderPrice[],
  ): Promise<string> {
    const { plan, interval, money } = form;
    const params: Stripe.PriceCreateParams = {
      product: productId,
      currency: money.currency,
      unit_amount: Number(money.amount),
      recurring: { interval },
      lookup_key: `${plan}_${catalogMetadata(form).billing_period}`,
      transfer_lookup_key: true,
      metadata: { ...catalogMetadata(form), ...seatMark(form) },
    };
    // The key names what is on sale: when an earlier amount was archived meanwhile, going back to it is a new price and
    // not the answer of that time.
    const onSale = beside.map(({ priceRef }) => priceRef).toSorted();
    const idempotencyKey = `price:${hash(JSON.stringify({ params, onSale }))}`;
    return this.calls.repeatably(async (timeout) =>
      requireId(await this.stripe.prices.create(params, { idempotencyKey, timeout })),
    );
  }

  /** What the price costs stays as it is: until now it did not say whether that is per seat. */
  private async mark(priceRef: string, form: CatalogForm): Promise<void> {
    await this.calls.repeatably(async (timeout) =>
      requireId(await this.stripe.prices.update(priceRef, { metadata: seatMark(form) }, { timeout })),
    );
  }
}

/** The metadata by which a price says whether it is per seat: Stripe itself does not tell. */
function seatMark({ perSeat }: CatalogForm): { per_seat: string } {
  return { per_seat: String(perSeat) };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The SDK takes an error page without an `error` for an answer, whatever its status. */
function requireId(answer: unknown): string {
  const id = asProviderId(at(answer, 'id'));
  if (id === null) throw new ProviderUnavailableError('stripe');
  return id;
}
