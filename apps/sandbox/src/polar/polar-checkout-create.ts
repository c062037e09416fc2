import type { models } from '@polar-sh/sdk/2026-10';
import { secretToken, uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { amountOf, currencyOf, pricesIn, seatPriceOf } from './polar-amounts.js';
import { ORGANIZATION_ID } from './polar-catalog.js';
import { invalid } from './polar-errors.js';
import type { CheckoutCreateInput } from './polar-schemas.js';

const OPEN_FOR_MS = 60 * 60_000;

/** An open checkout of the first of the products. @throws PolarApiError 422 on seats that do not fit. */
export function newCheckout(
  world: World,
  input: CheckoutCreateInput,
  products: models.Product[],
  customer: models.Customer | undefined,
): models.Checkout {
  const [product] = products;
  if (product === undefined) throw invalid(['body', 'products'], 'At least one product is required.');
  const seats = seatsFor(product, input);
  const currency = currencyFor(product, input);
  const prices = pricesIn(product, currency);
  const amount = amountOf(prices, seats);
  const id = uuid();
  const secret = secretToken('polar_c');
  return {
    ...fixedFields(world, input),
    ...trialFields(input, product),
    ...customerFields(input, customer),
    id,
    client_secret: secret,
    url: `${world.url()}/checkout/${secret}`,
    success_url: (input.success_url ?? `${world.url()}/checkout/${secret}/done`).replaceAll(
      '{CHECKOUT_ID}',
      id,
    ),
    amount,
    seats,
    net_amount: amount,
    total_amount: amount,
    currency,
    product_id: product.id,
    product_price_id: prices[0]?.id ?? null,
    is_free_product_price: amount === 0,
    is_payment_required: amount > 0,
    is_payment_form_required: amount > 0,
    products,
    product,
    product_price: prices[0] ?? null,
    prices: Object.fromEntries(products.map((one) => [one.id, one.prices])),
  };
}

/** @throws PolarApiError 422 on seats for a plan without, or outside what its tiers and the request allow. */
function seatsFor(product: models.Product, input: CheckoutCreateInput): number | null {
  const price = seatPriceOf(product.prices.filter((one) => !one.is_archived));
  if (price === undefined) {
    if (!input.seats) return null;
    throw invalid(['body', 'seats'], 'Seats can only be set for seat-based products.', input.seats);
  }
  const { minimum_seats: least, maximum_seats: most } = price.seat_tiers;
  const bottom = Math.max(least, input.min_seats ?? least);
  const top = Math.min(most ?? Infinity, input.max_seats ?? Infinity);
  const seats = input.seats ?? bottom;
  if (seats >= bottom && seats <= top) return seats;
  throw invalid(['body', 'seats'], `Seats must be between ${bottom} and ${top}.`, seats);
}

/** @throws PolarApiError 422 when the product has no price in the currency asked for. */
function currencyFor(product: models.Product, input: CheckoutCreateInput): string {
  const { currency } = input;
  if (!currency) return currencyOf(product);
  if (pricesIn(product, currency).length > 0) return currency;
  throw invalid(['body', 'currency'], 'Product is not available in this currency.', currency);
}

function customerFields(input: CheckoutCreateInput, customer: models.Customer | undefined) {
  return {
    customer_id: customer?.id ?? null,
    external_customer_id: input.external_customer_id ?? customer?.external_id ?? null,
    customer_email: customer?.email ?? input.customer_email ?? null,
    customer_name: customer?.name ?? input.customer_name ?? null,
    customer_metadata: { ...input.customer_metadata },
    customer_ip_address: input.customer_ip_address ?? null,
    customer_billing_name: null,
    customer_billing_address: null,
    customer_tax_id: null,
  };
}

function trialFields(input: CheckoutCreateInput, product: models.Product) {
  const allowed = input.allow_trial !== false;
  const interval = input.trial_interval ?? product.trial_interval;
  const count = input.trial_interval_count ?? product.trial_interval_count;
  return {
    allow_trial: allowed,
    trial_interval: input.trial_interval ?? null,
    trial_interval_count: input.trial_interval_count ?? null,
    active_trial_interval: allowed ? interval : null,
    active_trial_interval_count: allowed ? count : null,
    trial_end: null,
  };
}

function fixedFields(world: World, input: CheckoutCreateInput) {
  const disabled = 'disabled' as const;
  return {
    created_at: world.clock.iso(),
    modified_at: null,
    custom_field_data: {},
    payment_processor: 'stripe' as const,
    status: 'open' as const,
    expires_at: new Date(world.clock.nowMs() + OPEN_FOR_MS).toISOString(),
    return_url: input.return_url ?? null,
    embed_origin: input.embed_origin ?? null,
    min_seats: input.min_seats ?? null,
    max_seats: input.max_seats ?? null,
    units: null,
    min_units: null,
    max_units: null,
    discount_amount: 0,
    tax_amount: 0,
    tax_behavior: null,
    organization_id: ORGANIZATION_ID,
    discount_id: null,
    discount: null,
    allow_discount_codes: input.allow_discount_codes ?? true,
    require_billing_address: input.require_billing_address ?? false,
    is_business_customer: input.is_business_customer ?? false,
    is_discount_applicable: false,
    is_payment_setup_required: true,
    locale: input.locale ?? null,
    payment_method_type: null,
    payment_processor_metadata: {},
    billing_address_fields: {
      country: 'required' as const,
      state: disabled,
      city: disabled,
      postal_code: disabled,
      line1: disabled,
      line2: disabled,
    },
    metadata: { ...input.metadata },
    subscription_id: input.subscription_id ?? null,
    attached_custom_fields: [],
  };
}
