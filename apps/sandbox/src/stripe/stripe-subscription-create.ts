import type Stripe from 'stripe';
import { addInterval, type Interval } from '../clock/add-interval.js';
import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import { planOf } from './stripe-catalog.js';
import type {
  TrialEndBehavior,
  StripeSubscriptionRecord,
  WireItem,
  WirePrice,
  WireSubscription,
} from './stripe-state.js';

const DAY_SECONDS = 86_400;

/** What begins with a paid checkout or a direct sale. */
export interface NewStripeSubscription {
  customerId: string;
  lines: { price: WirePrice; quantity: number }[];
  trialDays: number;
  metadata: Stripe.Metadata;
  managedPayments: boolean;
  /** False for a trial begun without a card. */
  hasCard?: boolean;
  trialEndBehavior?: TrialEndBehavior;
}

/** A subscription in its first period, not yet announced. */
export function newSubscription(world: World, input: NewStripeSubscription): StripeSubscriptionRecord {
  const now = world.clock.seconds();
  const trialEnd = input.trialDays > 0 ? now + input.trialDays * DAY_SECONDS : null;
  const id = prefixed('sub');
  const items = input.lines.map((line) => newItem(id, line.price, line.quantity, now, trialEnd));
  const anchor = trialEnd ?? now;
  return {
    anchor,
    cycle: trialEnd === null ? 1 : 0,
    paymentFails: false,
    retries: 0,
    pastDueSince: null,
    trialWarned: false,
    locked: false,
    pendingLines: [],
    pendingItems: null,
    hasCard: input.hasCard ?? true,
    subscription: {
      ...blankSubscription(now),
      id,
      billing_cycle_anchor: anchor,
      currency: input.lines[0]?.price.currency ?? 'usd',
      customer: input.customerId,
      items: {
        object: 'list',
        data: items,
        has_more: false,
        url: `/v1/subscription_items?subscription=${id}`,
      },
      managed_payments: { enabled: input.managedPayments },
      metadata: { ...input.metadata },
      status: trialEnd === null ? 'active' : 'trialing',
      trial_end: trialEnd,
      trial_settings: {
        end_behavior: {
          billing_cycle_anchor: null,
          missing_payment_method: input.trialEndBehavior ?? 'create_invoice',
        },
      },
      trial_start: trialEnd === null ? null : now,
    },
  };
}

/** A new item of a subscription, its period running from now to the trial's end or for one interval. */
export function newItem(
  subscription: string,
  price: WirePrice,
  quantity: number,
  now: number,
  trialEnd: number | null,
): WireItem {
  const { interval = 'month', interval_count: every = 1 } = price.recurring ?? {};
  return {
    id: prefixed('si'),
    object: 'subscription_item',
    billing_thresholds: null,
    created: now,
    current_period_end: trialEnd ?? periodEndAt(now, interval, every),
    current_period_start: now,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** Second that lies `count` intervals after the anchor second. */
export function periodEndAt(
  anchor: number,
  interval: Stripe.Price.Recurring['interval'],
  count: number,
): number {
  return Math.floor(addInterval(new Date(anchor * 1000), asInterval(interval), count).getTime() / 1000);
}

// Stripe's enums are open; a word we do not know is billed by the month.
function asInterval(word: string): Interval {
  const known: readonly Interval[] = ['day', 'week', 'month', 'year'];
  return known.find((interval) => interval === word) ?? 'month';
}

type Blank = Omit<
  WireSubscription,
  | 'id'
  | 'billing_cycle_anchor'
  | 'currency'
  | 'customer'
  | 'items'
  | 'managed_payments'
  | 'metadata'
  | 'status'
  | 'trial_end'
  | 'trial_start'
  | 'trial_settings'
>;

function blankSubscription(now: number): Blank {
  return {
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor_config: null,
    billing_mode: { type: 'flexible', flexible: { proration_discounts: 'included' } },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: 'charge_automatically',
    created: now,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    latest_invoice: null,
    livemode: false,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    test_clock: null,
    transfer_data: null,
  };
}
