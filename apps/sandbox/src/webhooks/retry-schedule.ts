import type { ProviderName } from '../options.js';

const POLAR_ATTEMPTS = 10;
const POLAR_CAP_MS = 20 * 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STRIPE_WINDOW_MS = 72 * HOUR_MS;
const STRIPE_FIRST_DELAYS_MS = [
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
] as const;

/**
 * Milliseconds until the next attempt after `failures` failed ones, or null when the provider gives up.
 * Polar: 2 s × 2ⁿ with up to as much jitter again, ten attempts in all. Stripe: back-off over three days
 * (`ageMs` is the event's age). `jitter` is 0 to 1.
 */
export function retryDelay(
  provider: ProviderName,
  failures: number,
  ageMs: number,
  jitter: number,
): number | null {
  if (provider === 'polar') {
    if (failures >= POLAR_ATTEMPTS) return null;
    return Math.min(2000 * 2 ** (failures - 1) * (1 + jitter), POLAR_CAP_MS);
  }
  const delay = STRIPE_FIRST_DELAYS_MS[failures - 1] ?? 12 * HOUR_MS;
  return ageMs + delay > STRIPE_WINDOW_MS ? null : delay;
}
