import type { ClockState } from '../clock/virtual-clock.js';
import type { CardRefusals, MoneyEntry } from '../money/money-state.js';
import type { Sellable } from '../options.js';
import { emptyPolarState, type PolarState } from '../polar/polar-state.js';
import { emptyStripeState, type StripeState } from '../stripe/stripe-state.js';
import type { EndpointRecord } from '../webhooks/endpoint-record.js';
import type { WebhookRecord } from '../webhooks/webhook-record.js';

/** Everything that survives a restart, as plain JSON. */
export interface SandboxState {
  version: 1;
  clock: ClockState;
  /** The catalog entry each product was last made from, so that an edited entry is made again. */
  catalog: Record<string, Sellable>;
  polar: PolarState;
  stripe: StripeState;
  webhooks: WebhookRecord[];
  /** Number of events made so far. */
  webhookSequence: number;
  endpoints: Record<string, EndpointRecord>;
  /** Every movement of money, oldest first. */
  money: MoneyEntry[];
  /** Customers whose card refuses, by the provider's customer id. */
  cards: Record<string, CardRefusals>;
}

/** A sandbox in which nothing has happened. */
export function emptyState(): SandboxState {
  return {
    version: 1,
    clock: { offsetMs: 0, frozenAt: null },
    catalog: {},
    polar: emptyPolarState(),
    stripe: emptyStripeState(),
    webhooks: [],
    webhookSequence: 0,
    endpoints: {},
    money: [],
    cards: {},
  };
}
