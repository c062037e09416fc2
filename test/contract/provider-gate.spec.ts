import { PolarProvider } from '../../libs/billing/src/providers/polar/polar.provider.js';
import { StripeProvider } from '../../libs/billing/src/providers/stripe/stripe.provider.js';
import { fixture } from '../fixtures/providers/read-fixture.js';
import { describeProviderGate } from './provider-gate.contract.js';

const webhookSecrets = ['whsec_1'];

describeProviderGate('polar', {
  provider: (baseUrl, limits) =>
    new PolarProvider({ accessToken: 'polar_oat_1', webhookSecrets, baseUrl, limits }),
  subscription: fixture('polar/subscription-2026-10'),
});

describeProviderGate('stripe', {
  provider: (baseUrl, limits) =>
    new StripeProvider({ secretKey: 'sk_test_1', managedPayments: true, webhookSecrets, baseUrl, limits }),
  subscription: fixture('stripe/subscription-2026-10-28.endive'),
});
