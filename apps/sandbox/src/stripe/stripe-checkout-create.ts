import type { FormFields } from '../http/form-body.js';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { refuseUnsupported } from './managed-payments.js';
import { sessionAmount } from './stripe-checkout-view.js';
import { stripeCustomer } from './stripe-customers.js';
import { badRequest, missing, parseStripe } from './stripe-errors.js';
import { checkoutSchema, type CheckoutParams } from './stripe-schemas.js';
import type { StoredSession, StripeCheckoutRecord } from './stripe-state.js';

const DAY = 86_400;
const HALF_HOUR = 1800;

/** Opens a checkout session. @throws StripeApiError 400 and 404 as Stripe refuses. */
export function createStripeCheckout(world: World, raw: FormFields): StripeCheckoutRecord {
  const params = parseStripe(checkoutSchema, raw);
  const managed = params.managed_payments?.enabled === 'true';
  if (managed) refuseUnsupported(raw);
  const customer = params.customer === undefined ? null : stripeCustomer(world, params.customer, 'customer');
  if (customer !== null && params.customer_email !== undefined) {
    throw badRequest('You may only specify one of these parameters: customer, customer_email.');
  }
  const lines = params.line_items.map((line, index) => {
    requirePrice(world, line.price, managed, `line_items[${index}][price]`);
    return { priceId: line.price, quantity: line.quantity };
  });
  const record: StripeCheckoutRecord = {
    session: sessionFor(world, params, lines, managed),
    lines,
    trialDays: params.subscription_data?.trial_period_days ?? 0,
    subscriptionMetadata: params.subscription_data?.metadata ?? {},
    trialEndBehavior:
      params.subscription_data?.trial_settings?.end_behavior.missing_payment_method ?? 'create_invoice',
    adjustable: adjustableOf(params.line_items[0]?.adjustable_quantity),
    collectsCard: params.payment_method_collection !== 'if_required',
  };
  world.state.stripe.checkouts[record.session.id] = record;
  return record;
}

function requirePrice(world: World, id: string, managed: boolean, param: string): void {
  const price = lookup(world.state.stripe.prices, id);
  if (price === undefined) throw missing('price', id, param);
  const product = lookup(world.state.stripe.products, price.product);
  if (!price.active || product?.active === false) {
    throw badRequest(`The price specified is inactive. This field only accepts active prices.`, param);
  }
  if (managed && !product?.tax_code) {
    throw badRequest(`Managed Payments: the product tax code is missing on ${price.product}.`, param);
  }
}

function adjustableOf(
  wish: NonNullable<CheckoutParams['line_items'][number]['adjustable_quantity']> | undefined,
): StripeCheckoutRecord['adjustable'] {
  if (wish?.enabled !== 'true') return null;
  return { least: wish.minimum ?? 1, most: wish.maximum ?? 99 };
}

function expiryOf(world: World, requested: number | undefined): number {
  const now = world.clock.seconds();
  if (requested === undefined) return now + DAY;
  if (requested < now + HALF_HOUR || requested > now + DAY) {
    throw badRequest(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from now.',
      'expires_at',
    );
  }
  return requested;
}

function sessionFor(
  world: World,
  params: CheckoutParams,
  lines: StripeCheckoutRecord['lines'],
  managed: boolean,
): StoredSession {
  const id = prefixed('cs_test');
  const amount = params.subscription_data?.trial_period_days ? 0 : sessionAmount(world.state.stripe, lines);
  const price = lookup(world.state.stripe.prices, lines[0]?.priceId);
  return {
    ...blankSession(),
    id,
    allow_promotion_codes: params.allow_promotion_codes === 'true',
    amount_subtotal: amount,
    amount_total: amount,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    created: world.clock.seconds(),
    currency: price?.currency ?? 'usd',
    customer: params.customer ?? null,
    customer_email: params.customer_email ?? null,
    expires_at: expiryOf(world, params.expires_at),
    managed_payments: { enabled: managed },
    metadata: params.metadata ?? {},
    payment_method_collection: params.payment_method_collection ?? 'always',
    success_url: params.success_url,
    url: `${world.url()}/checkout/${id}`,
  };
}

type Blank = Omit<
  StoredSession,
  | 'id'
  | 'allow_promotion_codes'
  | 'amount_subtotal'
  | 'amount_total'
  | 'cancel_url'
  | 'client_reference_id'
  | 'created'
  | 'currency'
  | 'customer'
  | 'customer_email'
  | 'expires_at'
  | 'managed_payments'
  | 'metadata'
  | 'payment_method_collection'
  | 'success_url'
  | 'url'
>;

function blankSession(): Blank {
  return {
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allowed_payment_method_types: null,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer_account: null,
    customer_creation: null,
    customer_details: null,
    discounts: [],
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    mode: 'subscription',
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    wallet_options: null,
  };
}
