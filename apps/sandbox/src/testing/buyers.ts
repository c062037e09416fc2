import type { models } from '@polar-sh/sdk/2026-10';
import type Stripe from 'stripe';
import type { TestSandbox } from './start-sandbox.js';

let serial = 0;

/** A customer who bought one Polar product, and the subscription that came of it. */
export interface PolarBuyer {
  externalId: string;
  customerId: string;
  subscription: models.Subscription;
}

/** Buys and pays at Polar as a customer of their own. */
export async function buyPolar(
  sandbox: TestSandbox,
  product: string,
  extra: Partial<models.CheckoutCreate> = {},
): Promise<PolarBuyer> {
  serial += 1;
  const externalId = `buyer-${serial}`;
  const customer = await sandbox.polar.customers.create({
    email: `buyer${serial}@example.com`,
    external_id: externalId,
  });
  const checkout = await sandbox.polar.checkouts.create({
    products: [product],
    external_customer_id: externalId,
    ...extra,
  });
  const paid = await sandbox.control('POST', `/checkouts/${checkout.id}/pay`);
  if (paid.status !== 200) throw new Error(JSON.stringify(paid.body));
  const { items } = await sandbox.polar.subscriptions.list({ external_customer_id: externalId });
  const [subscription] = items;
  if (subscription === undefined) throw new Error('nothing was sold');
  return { externalId, customerId: customer.id, subscription };
}

/** A customer who bought one Stripe price, and the subscription that came of it. */
export interface StripeBuyer {
  customerId: string;
  subscription: Stripe.Subscription;
  itemId: string;
  /** Seconds. */
  periodEnd: number;
}

/** Buys and pays at Stripe, under Managed Payments unless told otherwise. */
export async function buyStripe(
  sandbox: TestSandbox,
  price: string,
  quantity = 1,
  extra: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<StripeBuyer> {
  serial += 1;
  const customer = await sandbox.stripe.customers.create({ email: `buyer${serial}@example.com` });
  const checkout = await sandbox.stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price, quantity }],
    success_url: 'http://localhost:1/done',
    managed_payments: { enabled: true },
    ...extra,
  });
  const paid = await sandbox.control('POST', `/checkouts/${checkout.id}/pay`);
  if (paid.status !== 200) throw new Error(JSON.stringify(paid.body));
  const [subscription] = (await sandbox.stripe.subscriptions.list({ customer: customer.id })).data;
  const item = subscription?.items.data[0];
  if (subscription === undefined || item === undefined) throw new Error('nothing was sold');
  return { customerId: customer.id, subscription, itemId: item.id, periodEnd: item.current_period_end };
}

/** What the ledger of money says about a subscription: totals by kind and currency. */
export async function moneyOf(sandbox: TestSandbox, subscription: string): Promise<Record<string, number>> {
  const { body } = await sandbox.control('GET', `/money?subscription=${subscription}`);
  return body['totals'] as Record<string, number>;
}
