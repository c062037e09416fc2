import { createHmac } from 'node:crypto';
import type { ProviderHabits } from '../provider-habits.js';

const ATTEMPTS = 10;
const CAP_MS = 20 * 60_000;

/** How Polar signs, retries and gives up. */
export const polarHabits: ProviderHabits = {
  title: 'Polar',
  pathPrefix: '/polar',
  // Polar names everything by UUID.
  configuredEndpoint: '5a0d8a3e-0000-4000-8000-0000000000e1',
  apiVersion: '2026-10',
  failuresUntilDisabled: 10,
  callsPerMinute: (settings) => settings.polarCallsPerMinute,
  // By Standard Webhooks, but its key is the UTF-8 bytes of the whole secret, prefix included.
  sign: (event, secrets, realSeconds) => {
    const signatures = secrets.map((secret) => {
      const hmac = createHmac('sha256', Buffer.from(secret, 'utf8'));
      return `v1,${hmac.update(`${event.id}.${realSeconds}.${event.body}`).digest('base64')}`;
    });
    return {
      'webhook-id': event.id,
      'webhook-timestamp': String(realSeconds),
      'webhook-signature': signatures.join(' '),
    };
  },
  // 2 s × 2ⁿ with up to as much jitter again, ten attempts in all.
  retryDelay: (failures, _ageMs, jitter) =>
    failures >= ATTEMPTS ? null : Math.min(2000 * 2 ** (failures - 1) * (1 + jitter), CAP_MS),
};
