/** The two payment providers this process stands in for. */
export type ProviderName = 'polar' | 'stripe';

/** Both names, in the order in which ties between them are processed. */
export const PROVIDERS: readonly ProviderName[] = ['polar', 'stripe'];

/** Anything JSON can carry as provider metadata. */
export type Metadata = Record<string, string | number | boolean>;

/** One thing on sale: a plan at one interval. Becomes one Polar product, and one Stripe price on a Stripe product. */
export interface Sellable {
  /** Stable key, also the Stripe lookup key (`pro_monthly`). */
  key: string;
  /** Name a buyer reads (`Pro`). */
  name: string;
  /** A sentence beside the name; none when left out. */
  description?: string;
  plan: string;
  /** Integer minor units; per seat when `perSeat`. */
  amount: number;
  /** Lower-case ISO 4217. */
  currency: string;
  interval: 'month' | 'year';
  perSeat: boolean;
  trialDays?: number;
  polarProductId: string;
  stripeProductId: string;
  stripePriceId: string;
  /** Stripe tax code; the digital SaaS code when left out, none at all when null. */
  taxCode?: string | null;
  metadata: Metadata;
}

/** One provider's credentials and the address its webhooks go to. */
export interface ProviderOptions {
  /** Polar access token or Stripe secret key that API callers must present. */
  apiKey: string;
  webhookSecret: string;
  /** Where signed events are posted; without it events are kept and never sent. */
  webhookUrl?: string;
}

/** Everything a sandbox needs to know before it listens. */
export interface SandboxOptions {
  controlToken: string;
  polar: ProviderOptions;
  stripe: ProviderOptions;
  catalog: readonly Sellable[];
  /** JSON file that keeps customers and subscriptions over a restart. */
  stateFile?: string;
  /** Seed of every random choice (order, duplicates, jitter). */
  seed?: number;
  webhooks?: Partial<WebhookBehaviour>;
  /** Polar's organization switch; off means one live subscription per customer. */
  polarAllowsMultipleSubscriptions?: boolean;
}

/** How kindly events are delivered. Chances are 0 to 1. */
export interface WebhookBehaviour {
  /** Random order within what falls due together, and jitter on retries. */
  shuffle: boolean;
  /** Chance that an event is delivered a second time under the same id. */
  duplicate: number;
  /** Chance that an event is never delivered at all. */
  drop: number;
  /** Seconds of the virtual clock before the first attempt. */
  delaySeconds: number;
  breakSignature: boolean;
  /** Real milliseconds after which an attempt counts as failed. */
  timeoutMs: number;
}

/** What a fresh sandbox does unless told otherwise: real order is never kept, one event in five comes twice. */
export const DEFAULT_WEBHOOK_BEHAVIOUR: WebhookBehaviour = {
  shuffle: true,
  duplicate: 0.2,
  drop: 0,
  delaySeconds: 0,
  breakSignature: false,
  timeoutMs: 10_000,
};
