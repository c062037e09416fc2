import type Stripe from 'stripe';

/** A price as bytes: the SDK turns the decimal strings of API answers into objects, events carry them as they are. */
export type WirePrice = Omit<Stripe.Price, 'unit_amount_decimal' | 'product'> & {
  unit_amount_decimal: string | null;
  product: string;
};

/** The legacy twin of a price that every subscription item still carries. */
export type WirePlan = Omit<Stripe.Plan, 'amount_decimal' | 'product'> & {
  amount_decimal: string | null;
  product: string;
};

/** A subscription item with its price as bought. */
export type WireItem = Omit<Stripe.SubscriptionItem, 'price' | 'plan' | 'quantity'> & {
  price: WirePrice;
  plan: WirePlan;
  quantity: number;
};

/** A subscription as stored and sent; ids where the API could expand. */
export type WireSubscription = Omit<
  Stripe.Subscription,
  'items' | 'customer' | 'latest_invoice' | 'pending_update'
> & {
  items: Stripe.ApiList<WireItem>;
  customer: string;
  latest_invoice: string | null;
  pending_update:
    | (Omit<Stripe.Subscription.PendingUpdate, 'subscription_items'> & { subscription_items: WireItem[] })
    | null;
};

/** An invoice line. */
export type WireLine = Omit<Stripe.InvoiceLineItem, 'pricing' | 'quantity_decimal'> & {
  pricing: {
    price_details: { price: string; product: string };
    type: 'price_details';
    unit_amount_decimal: string | null;
  };
  quantity_decimal: string | null;
};

/** An invoice as stored and sent. */
export type WireInvoice = Omit<Stripe.Invoice, 'lines' | 'customer'> & {
  lines: Stripe.ApiList<WireLine>;
  customer: string;
};

/** A line of an invoice, before there is an invoice. Minor units; negative gives back. Times in seconds. */
export interface StripeLineDraft {
  item: { id: string; subscription: string; price: WirePrice; quantity: number };
  amount: number;
  proration: boolean;
  description: string | null;
  start: number;
  end: number;
}

/** A charge with ids only. */
export type WireCharge = Omit<Stripe.Charge, 'payment_intent' | 'customer'> & {
  payment_intent: string;
  customer: string;
};

/** A checkout session with what its hosted page needs beside it. */
export interface StripeCheckoutRecord {
  session: StoredSession;
  lines: { priceId: string; quantity: number }[];
  trialDays: number;
  subscriptionMetadata: Stripe.Metadata;
  /** What a trial without a card ends in. */
  trialEndBehavior: TrialEndBehavior;
  /** False when `payment_method_collection: if_required` let a trial begin without a card. */
  collectsCard: boolean;
  /** Between which quantities the buyer may choose; null when the seller chose. */
  adjustable: { least: number; most: number } | null;
}

/** What becomes of a subscription whose trial ends without a payment method. */
export type TrialEndBehavior = 'cancel' | 'create_invoice' | 'pause';

/** A checkout session with ids only. */
export type StoredSession = Omit<
  Stripe.Checkout.Session,
  'customer' | 'subscription' | 'invoice' | 'line_items'
> & {
  customer: string | null;
  subscription: string | null;
  invoice: string | null;
};

/** A subscription with the sandbox's own book-keeping beside it. */
export interface StripeSubscriptionRecord {
  subscription: WireSubscription;
  /** Seconds from which every period is counted. */
  anchor: number;
  cycle: number;
  paymentFails: boolean;
  retries: number;
  /** Second of the first failed payment of the open dunning, if any. */
  pastDueSince: number | null;
  trialWarned: boolean;
  /** True while a control route holds it; every write answers 409 `lock_timeout`. */
  locked: boolean;
  /** Lines waiting for the next invoice. */
  pendingLines: StripeLineDraft[];
  /** Items that a payment still outstanding will put into force. */
  pendingItems: WireItem[] | null;
  hasCard: boolean;
}

/** A billing-portal link. */
export interface StripePortalRecord {
  token: string;
  session: Stripe.BillingPortal.Session;
}

/** Everything Stripe knows. */
export interface StripeState {
  products: Record<string, Stripe.Product>;
  prices: Record<string, WirePrice>;
  customers: Record<string, Stripe.Customer>;
  deletedCustomers: string[];
  checkouts: Record<string, StripeCheckoutRecord>;
  subscriptions: Record<string, StripeSubscriptionRecord>;
  invoices: Record<string, WireInvoice>;
  portals: Record<string, StripePortalRecord>;
  meterEvents: Stripe.Billing.MeterEvent[];
  meters: Record<string, Stripe.Billing.Meter>;
  charges: Record<string, WireCharge>;
  invoicePayments: Record<string, Stripe.InvoicePayment>;
  refunds: Record<string, Stripe.Refund>;
  disputes: Record<string, Stripe.Dispute>;
  portalConfigurations: Record<string, Stripe.BillingPortal.Configuration>;
  /** Oldest first; for `GET /v1/events`. */
  events: StoredStripeEvent[];
}

/** An event in the account's own version. */
export interface StoredStripeEvent {
  id: string;
  object: 'event';
  type: string;
  /** Seconds. */
  created: number;
  data: unknown;
}

/** Nothing sold yet. */
export function emptyStripeState(): StripeState {
  return {
    products: {},
    prices: {},
    customers: {},
    deletedCustomers: [],
    checkouts: {},
    subscriptions: {},
    invoices: {},
    portals: {},
    meterEvents: [],
    meters: {},
    charges: {},
    invoicePayments: {},
    refunds: {},
    disputes: {},
    portalConfigurations: {},
    events: [],
  };
}
