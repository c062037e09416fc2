import { describe, expect, it } from '@jest/globals';
import { webhooks } from '@polar-sh/sdk/2026-10';
import { realNow } from '../clock/real-time.js';
import { polarHabits } from './polar-habits.js';

const now = (): number => Math.floor(realNow() / 1000);

describe('Polar’s habits', () => {
  it.each(['whsec_c2VjcmV0', 'plain secret', 'whsec_not base64 at all é'])(
    'sign as the Polar SDK accepts it for the secret %s, during a rotation too',
    async (secret) => {
      const body = JSON.stringify({ type: 'order.paid', data: { name: 'Zoë' } });
      const headers = polarHabits.sign({ id: 'msg_1', body }, ['whsec_newer', secret], now());
      await expect(webhooks.validateEvent(body, headers, secret)).resolves.toMatchObject({
        type: 'order.paid',
      });
      await expect(webhooks.validateEvent(`${body} `, headers, secret)).rejects.toThrow(
        webhooks.PolarWebhookVerificationError,
      );
    },
  );

  it('double the delay from two seconds and give up after ten attempts', () => {
    const delays = Array.from({ length: 10 }, (_, index) => polarHabits.retryDelay(index + 1, 0, 0));
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, null]);
  });

  it('retry for 17 to 34 minutes in all, whatever the jitter', () => {
    const minutes = (jitter: number): number => {
      let sum = 0;
      for (let failures = 1; failures < 10; failures += 1)
        sum += polarHabits.retryDelay(failures, 0, jitter) ?? 0;
      return sum / 60_000;
    };
    expect(minutes(0)).toBeCloseTo(17.03, 1);
    expect(minutes(1)).toBeCloseTo(34.06, 1);
  });
});
