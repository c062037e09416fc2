import { describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { realNow } from '../clock/real-time.js';
import { stripeHabits } from './stripe-habits.js';

const now = (): number => Math.floor(realNow() / 1000);

describe('Stripe’s habits', () => {
  it('sign as the Stripe SDK accepts it, during a rotation too, and refuses it once it is older than five minutes', () => {
    const stripe = new Stripe('sk_test_x');
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'invoice.paid' });
    const headerAt = (seconds: number): string =>
      stripeHabits.sign({ id: 'evt_1', body }, ['whsec_newer', 'whsec_x'], seconds)['stripe-signature'] ?? '';
    expect(stripe.webhooks.constructEvent(body, headerAt(now()), 'whsec_x').id).toBe('evt_1');
    expect(() => stripe.webhooks.constructEvent(body, headerAt(now() - 400), 'whsec_x')).toThrow(
      Stripe.errors.StripeSignatureVerificationError,
    );
  });

  it('retry for three days', () => {
    let age = 0;
    let failures = 0;
    for (;;) {
      failures += 1;
      const delay = stripeHabits.retryDelay(failures, age, 0);
      if (delay === null) break;
      age += delay;
    }
    expect(age / 3_600_000).toBeGreaterThan(60);
    expect(age / 3_600_000).toBeLessThanOrEqual(72);
  });
});
