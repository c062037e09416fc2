import type { models } from '@polar-sh/sdk/2026-10';

/** A subscription as Polar keeps it: customer and product are put in when it is shown. */
export type StoredPolarSubscription = Omit<models.Subscription, 'customer' | 'product'>;

/** A subscription with the sandbox's own book-keeping beside it. */
export interface PolarSubscriptionRecord {
  subscription: StoredPolarSubscription;
  /** ISO instant from which every period is counted. */
  anchor: string;
  /** Number of periods begun since the anchor. */
  cycle: number;
  /** True while the customer's payment method refuses every charge. */
  paymentFails: boolean;
  /** Charges tried again since the payment failed. */
  retries: number;
  /** Lines waiting for the next order. */
  billingEntries: PolarBillingEntry[];
  /** True while a control route holds it, as Polar does during a renewal. */
  locked: boolean;
}

/** One line of an order, before there is an order. Minor units; negative gives back. */
export interface PolarBillingEntry {
  label: string;
  amount: number;
  proration: boolean;
  priceId: string | null;
  start: string;
  end: string;
}

/** An order with customer, product and subscription left out until it is shown. */
export type StoredPolarOrder = Omit<models.Order, 'customer' | 'product' | 'subscription'>;

/** A customer-portal link. */
export interface PolarSessionRecord {
  id: string;
  token: string;
  customerId: string;
  returnUrl: string | null;
  createdAt: string;
  expiresAt: string;
}

/** Everything Polar knows. Deleted customers stay, marked, because their subscriptions still show them. */
export interface PolarState {
  products: Record<string, models.Product>;
  customers: Record<string, models.Customer>;
  checkouts: Record<string, models.Checkout>;
  subscriptions: Record<string, PolarSubscriptionRecord>;
  orders: Record<string, StoredPolarOrder>;
  sessions: Record<string, PolarSessionRecord>;
  usage: PolarUsageEvent[];
  meters: Record<string, models.Meter>;
  refunds: Record<string, models.Refund>;
  disputes: Record<string, models.Dispute>;
  seats: Record<string, models.CustomerSeat>;
  /** Credit per customer, positive minor units. */
  balances: Record<string, number>;
}

/** An ingested usage event. */
export interface PolarUsageEvent {
  id: string;
  external_id: string | null;
  external_customer_id: string | null;
  customer_id: string | null;
  name: string;
  timestamp: string;
  metadata: Record<string, unknown>;
}

/** Nothing sold yet. */
export function emptyPolarState(): PolarState {
  return {
    products: {},
    customers: {},
    checkouts: {},
    subscriptions: {},
    orders: {},
    sessions: {},
    usage: [],
    meters: {},
    refunds: {},
    disputes: {},
    seats: {},
    balances: {},
  };
}
