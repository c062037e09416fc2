import { z } from 'zod';
import { StripeProvider } from '@tollgate/billing';
import { callsPerMinute, flag, optional } from '../config/variables.js';
import { defineProvider } from './provider-kind.js';

/** Stripe, as the environment configures it. */
export const stripe = defineProvider({
  name: 'stripe',
  signatureHeader: 'stripe-signature',
  variables: {
    key: 'STRIPE_SECRET_KEY',
    webhookSecrets: 'STRIPE_WEBHOOK_SECRET',
    planIds: 'STRIPE_PRICE_ID',
  },
  own: z.object({
    STRIPE_BASE_URL: optional,
    STRIPE_CALLS_PER_MINUTE: callsPerMinute(1500),
    STRIPE_MANAGED_PAYMENTS: flag(true),
  }),
  create: ({ key, webhookSecrets, planIds }, own) =>
    new StripeProvider({
      secretKey: key,
      webhookSecrets,
      planPrices: planIds,
      baseUrl: own.STRIPE_BASE_URL,
      managedPayments: own.STRIPE_MANAGED_PAYMENTS,
      limits: { callsPerMinute: own.STRIPE_CALLS_PER_MINUTE },
    }),
});
