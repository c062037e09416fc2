import type { models } from '@polar-sh/sdk/2026-10';
import type { SandboxOptions } from './options.js';

/** What an organization or account chose at its provider; changed by `PUT /_control/settings`. */
export interface SandboxSettings {
  /** Polar's organization switch; off means one live subscription per customer. */
  polarAllowsMultipleSubscriptions: boolean;
  /** What a Polar subscription becomes when dunning ends without money. */
  polarDunningEnd: 'canceled' | 'unpaid';
  /** Polar's organization default for changes that name no proration. */
  polarProration: models.SubscriptionProrationBehavior;
  /** What a Stripe subscription becomes when its retries are used up. */
  stripeDunningEnd: 'canceled' | 'unpaid' | 'past_due';
  /** Calls a provider answers within a minute of its clock before it answers 429; null for no limit. */
  polarCallsPerMinute: number | null;
  stripeCallsPerMinute: number | null;
}

/** What both providers do unless told otherwise. */
const DEFAULT_SETTINGS: SandboxSettings = {
  polarAllowsMultipleSubscriptions: false,
  polarDunningEnd: 'canceled',
  polarProration: 'prorate',
  stripeDunningEnd: 'canceled',
  polarCallsPerMinute: null,
  stripeCallsPerMinute: null,
};

/** The settings a sandbox starts with. */
export function initialSettings(options: SandboxOptions): SandboxSettings {
  return {
    ...DEFAULT_SETTINGS,
    polarAllowsMultipleSubscriptions: options.polarAllowsMultipleSubscriptions ?? false,
  };
}
