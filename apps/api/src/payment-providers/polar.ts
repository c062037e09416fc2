import { z } from 'zod';
import { PolarProvider } from '@tollgate/billing';
import { callsPerMinute, optional } from '../config/variables.js';
import { defineProvider } from './provider-kind.js';

/** Polar, as the environment configures it. */
export const polar = defineProvider({
  name: 'polar',
  signatureHeader: 'webhook-signature',
  variables: {
    key: 'POLAR_ACCESS_TOKEN',
    webhookSecrets: 'POLAR_WEBHOOK_SECRET',
    planIds: 'POLAR_PRODUCT_ID',
  },
  own: z.object({ POLAR_BASE_URL: optional, POLAR_CALLS_PER_MINUTE: callsPerMinute(500) }),
  create: ({ key, webhookSecrets }, own) =>
    new PolarProvider({
      accessToken: key,
      webhookSecrets,
      baseUrl: own.POLAR_BASE_URL,
      limits: { callsPerMinute: own.POLAR_CALLS_PER_MINUTE },
    }),
});
