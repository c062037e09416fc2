import { PolarProvider } from '../../libs/billing/src/providers/polar/polar.provider.js';
import { fixture } from '../fixtures/providers/read-fixture.js';
import { polarSigner } from './delivery-signer.js';
import { describePaymentProvider } from './payment-provider.contract.js';
import { polarCases } from './polar-signature-cases.js';
import { describeProviderFailures } from './provider-failures.contract.js';
import { openSandboxBench, SANDBOX_KEYS } from './sandbox-bench.js';
import { describeWebhookSignatures } from './webhook-signature.contract.js';

const accessToken = 'polar_oat_test';

describeWebhookSignatures('polar', {
  signer: polarSigner,
  provider: (webhookSecrets) => new PolarProvider({ accessToken, webhookSecrets }),
  cases: polarCases,
});

describeProviderFailures('polar', {
  provider: (baseUrl) =>
    new PolarProvider({ accessToken, webhookSecrets: ['whsec_x'], baseUrl: `${baseUrl}/polar/` }),
  subscription: fixture('polar/subscription-2026-10'),
  refusal: (code) => JSON.stringify({ error: code, detail: 'Said in words, ada@example.com' }),
});

const sandboxed = (origin: string): PolarProvider =>
  new PolarProvider({
    accessToken: SANDBOX_KEYS.apiKey,
    webhookSecrets: [SANDBOX_KEYS.webhookSecret],
    baseUrl: `${origin}/polar`,
    limits: { callsPerMinute: 60_000 },
  });

describePaymentProvider('polar', {
  open: () => openSandboxBench({ name: 'polar', provider: sandboxed }),
  closesCheckouts: false,
});
