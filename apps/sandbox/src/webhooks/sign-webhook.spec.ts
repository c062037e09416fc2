import { describe, expect, it } from '@jest/globals';
import { webhooks } from '@polar-sh/sdk/2026-10';
import Stripe from 'stripe';
import { realNow } from '../clock/real-time.js';
import { signWebhook } from './sign-webhook.js';

const now = (): number => Math.floor(realNow() / 1000);

describe('signWebhook', () => {
  it.each(['whsec_c2VjcmV0', 'plain secret', 'whsec_not base64 at all é'])(
    'is accepted by the Polar SDK for the secret %s',
    async (secret) => {
      const body = JSON.stringify({ type: 'order.paid', data: { name: 'Zoë' } });
      const headers = signWebhook('polar', { id: 'msg_1', body }, secret, now());
      await expect(webhooks.validateEvent(body, headers, secret)).resolves.toMatchObject({
        type: 'order.paid',
      });
      await expect(webhooks.validateEvent(`${body} `, headers, secret)).rejects.toThrow(
        webhooks.PolarWebhookVerificationError,
      );
    },
  );

  it('is accepted by the Stripe SDK, and refused once it is older than five minutes', () => {
    const stripe = new Stripe('sk_test_x');
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'invoice.paid' });
    const headerAt = (seconds: number): string =>
      signWebhook('stripe', { id: 'evt_1', body }, 'whsec_x', seconds)['stripe-signature'] ?? '';
    expect(stripe.webhooks.constructEvent(body, headerAt(now()), 'whsec_x').id).toBe('evt_1');
    expect(() => stripe.webhooks.constructEvent(body, headerAt(now() - 400), 'whsec_x')).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
  });
});
