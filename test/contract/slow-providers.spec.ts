import { describe, expect, it } from '@jest/globals';
import { PolarProvider } from '../../libs/billing/src/providers/polar/polar.provider.js';
import { StripeProvider } from '../../libs/billing/src/providers/stripe/stripe.provider.js';
import { startStopwatch } from '../support/stopwatch.js';
import { AnswerStub } from './answer-stub.js';

const LONGEST_CALL = 10_000;
const checkout = {
  checkoutId: 'our-checkout',
  ownerId: 'owner-1',
  customerId: 'customer-1',
  plan: 'pro',
  interval: 'month' as const,
  priceRef: 'price_1',
  seats: null,
  trialDays: null,
  successUrl: 'https://app.example/done',
  cancelUrl: 'https://app.example/pricing',
};

/** One adapter of each kind at a server that behaves badly. */
async function adaptersAt(broken: 'hang' | 'drip') {
  const stub = await AnswerStub.start();
  stub.answer({ broken });
  const common = { webhookSecrets: ['whsec_1'], baseUrl: stub.url };
  const polar = new PolarProvider({ ...common, accessToken: 'polar_oat_1' });
  const stripe = new StripeProvider({ ...common, secretKey: 'sk_test_1', managedPayments: true });
  return { stub, adapters: [polar, stripe] };
}

// All at once, because each of them waits for real: the bound is on real time.
describe('a provider that never comes to an end', () => {
  it('keeps no call of ours for ten seconds', async () => {
    const servers = await Promise.all([adaptersAt('hang'), adaptersAt('drip')]);
    const calls = servers.flatMap(({ adapters }) =>
      adapters.flatMap((adapter) => [adapter.fetchSubscription('sub_1'), adapter.createCheckout(checkout)]),
    );
    const watch = startStopwatch();
    const outcomes = await Promise.allSettled(calls);
    expect(watch.stop()).toBeLessThan(LONGEST_CALL);
    expect(outcomes).toHaveLength(8);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'provider_unavailable' } });
    }
    await Promise.all(servers.map(({ stub }) => stub.stop()));
  });
});
