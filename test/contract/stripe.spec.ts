import { describe } from '@jest/globals';
import { StripeProvider } from '../../libs/billing/src/providers/stripe/stripe.provider.js';
import { fixture } from '../fixtures/providers/read-fixture.js';
import { stripeSigner } from './delivery-signer.js';
import { describePaymentProvider } from './payment-provider.contract.js';
import { describeProviderFailures } from './provider-failures.contract.js';
import { openSandboxBench, SANDBOX_KEYS } from './sandbox-bench.js';
import { stripeCases } from './stripe-signature-cases.js';
import { describeWebhookSignatures } from './webhook-signature.contract.js';

const options = { secretKey: 'sk_test_1', managedPayments: true };

describeWebhookSignatures('stripe', {
  signer: stripeSigner,
  provider: (webhookSecrets) => new StripeProvider({ ...options, webhookSecrets }),
  cases: stripeCases,
});

describeProviderFailures('stripe', {
  provider: (baseUrl) => new StripeProvider({ ...options, webhookSecrets: ['whsec_x'], baseUrl }),
  subscription: fixture('stripe/subscription-2026-10-28.endive'),
  refusal: (code) =>
    JSON.stringify({ error: { type: 'invalid_request_error', code, message: 'for ada@example.com' } }),
});

describe.each([[true], [false]])('with managed payments %s', (managedPayments) => {
  const sandboxed = (baseUrl: string): StripeProvider =>
    new StripeProvider({
      secretKey: SANDBOX_KEYS.apiKey,
      webhookSecrets: [SANDBOX_KEYS.webhookSecret],
      baseUrl,
      managedPayments,
      limits: { callsPerMinute: 60_000 },
    });
  describePaymentProvider('stripe', {
    open: () => openSandboxBench({ name: 'stripe', provider: sandboxed }),
    closesCheckouts: true,
  });
});
