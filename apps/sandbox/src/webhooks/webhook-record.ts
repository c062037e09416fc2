import type { ProviderName } from '../options.js';

/** One try at delivering an event. */
export interface WebhookAttempt {
  /** ISO instant of the virtual clock. */
  at: string;
  /** HTTP status of the answer, or null when none came. */
  status: number | null;
  error: string | null;
  durationMs: number;
}

/**
 * `pending` waits for its next attempt · `delivered` got a 2xx · `failed` ran out of attempts ·
 * `dropped` is lost on purpose · `no_endpoint` had nowhere to go.
 */
export type WebhookState = 'pending' | 'delivered' | 'failed' | 'dropped' | 'no_endpoint';

/** An event as bytes, with everything that happened to it. */
export interface WebhookRecord {
  /** Polar's `webhook-id` or Stripe's event id; the same on every attempt. */
  id: string;
  provider: ProviderName;
  type: string;
  /** Serialised once; every attempt sends exactly these bytes. */
  body: string;
  createdAt: string;
  /** Milliseconds of the virtual clock at which the next attempt is due. */
  dueAt: number | null;
  /** Deliveries still owed although one succeeded. */
  repeats: number;
  state: WebhookState;
  attempts: WebhookAttempt[];
}
