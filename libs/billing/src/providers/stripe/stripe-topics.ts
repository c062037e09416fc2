import type Stripe from 'stripe';

type Family<Type> = Type extends `${infer First}.${string}` ? First : never;

/** The families that concern what we sell; `stripe-event.mapper.ts` gives them their topics. */
type OurFamily = 'charge' | 'checkout' | 'customer' | 'invoice' | 'refund';

/**
 * All other families of event types that this SDK version knows. The type makes the list complete: a family that a
 * later SDK adds fails the type check here, instead of being quarantined as unknown in production.
 */
const OTHER_FAMILIES: Record<Exclude<Family<Stripe.Event['type']>, OurFamily>, true> = {
  account: true,
  application_fee: true,
  apps: true,
  balance: true,
  balance_settings: true,
  billing: true,
  billing_portal: true,
  capability: true,
  cash_balance: true,
  climate: true,
  coupon: true,
  credit_note: true,
  customer_cash_balance_transaction: true,
  entitlements: true,
  file: true,
  financial_connections: true,
  identity: true,
  invoice_payment: true,
  invoiceitem: true,
  issuing_authorization: true,
  issuing_card: true,
  issuing_cardholder: true,
  issuing_dispute: true,
  issuing_personalization_design: true,
  issuing_token: true,
  issuing_transaction: true,
  mandate: true,
  payment_intent: true,
  payment_link: true,
  payment_method: true,
  payout: true,
  person: true,
  plan: true,
  price: true,
  product: true,
  promotion_code: true,
  quote: true,
  radar: true,
  reporting: true,
  reserve: true,
  review: true,
  setup_intent: true,
  sigma: true,
  source: true,
  subscription_schedule: true,
  tax: true,
  tax_rate: true,
  terminal: true,
  test_helpers: true,
  three_d_secure: true,
  topup: true,
  transfer: true,
  treasury: true,
};

/** Whether Stripe's event type belongs to a family that we know and that changes nothing of ours. */
export function isIrrelevantFamily(type: string): boolean {
  return Object.hasOwn(OTHER_FAMILIES, type.split('.')[0] ?? '');
}
