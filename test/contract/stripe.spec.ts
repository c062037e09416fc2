import { StripeProvider } from '../../libs/billing/src/providers/stripe/stripe.provider.js';
import { stripeSigner } from './delivery-signer.js';
import { stripeCases } from './stripe-signature-cases.js';
import { describeWebhookSignatures } from './webhook-signature.contract.js';

describeWebhookSignatures('stripe', {
  signer: stripeSigner,
  provider: (webhookSecrets) =>
    new StripeProvider({ secretKey: 'sk_test_1', webhookSecrets, managedPayments: true }),
  cases: stripeCases,
});
