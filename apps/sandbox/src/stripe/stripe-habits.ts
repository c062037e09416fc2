import { createHmac } from 'node:crypto';
import type { ProviderHabits } from '../provider-habits.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WINDOW_MS = 72 * HOUR_MS;
const LATER_DELAY_MS = 12 * HOUR_MS;
const FIRST_DELAYS_MS = [5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS, 10 * HOUR_MS] as const;

/** How Stripe signs, retries and gives up. */
export const stripeHabits: ProviderHabits = {
  title: 'Stripe',
  pathPrefix: '',
  configuredEndpoint: 'we_sandbox_configured',
  apiVersion: '2026-10-28.endive',
  failuresUntilDisabled: null,
  callsPerMinute: (settings) => settings.stripeCallsPerMinute,
  sign: ({ body }, secrets, realSeconds) => {
    const signatures = secrets.map((secret) => {
      const hmac = createHmac('sha256', secret).update(`${realSeconds}.${body}`);
      return `v1=${hmac.digest('hex')}`;
    });
    return { 'stripe-signature': [`t=${realSeconds}`, ...signatures].join(',') };
  },
  // Back-off over three days.
  retryDelay: (failures, ageMs) => {
    const delay = FIRST_DELAYS_MS[failures - 1] ?? LATER_DELAY_MS;
    return ageMs + delay > WINDOW_MS ? null : delay;
  },
};
