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
 * `dropped` is lost on purpose · `no_endpoint` had nowhere to go · `skipped` found its endpoint switched off.
 */
export type WebhookState = 'pending' | 'delivered' | 'failed' | 'dropped' | 'no_endpoint' | 'skipped';

/** An event as bytes, with everything that happened to it. */
export interface WebhookRecord {
  /** Polar's `webhook-id` or Stripe's event id; the same on every attempt. */
  id: string;
  provider: ProviderName;
  /** The endpoint it is for; null when there was none. */
  endpointId: string | null;
  type: string;
  /** Serialised once; every attempt sends exactly these bytes. */
  body: string;
  createdAt: string;
  /** Milliseconds of the virtual clock at which the next attempt is due. */
  dueAt: number | null;
  /** Order of delivery among what is due together, unless that is shuffled. */
  rank: number;
  /** Waits for the events it is to change places with. */
  held?: boolean;
  /** Deliveries still owed although one succeeded. */
  repeats: number;
  state: WebhookState;
  attempts: WebhookAttempt[];
}
