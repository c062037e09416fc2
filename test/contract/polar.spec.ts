import { PolarProvider } from '../../libs/billing/src/providers/polar/polar.provider.js';
import { polarSigner } from './delivery-signer.js';
import { polarCases } from './polar-signature-cases.js';
import { describeWebhookSignatures } from './webhook-signature.contract.js';

describeWebhookSignatures('polar', {
  signer: polarSigner,
  provider: (webhookSecrets) => new PolarProvider({ accessToken: 'polar_oat_test', webhookSecrets }),
  cases: polarCases,
});
