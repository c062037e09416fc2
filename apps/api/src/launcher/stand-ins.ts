import type { SandboxOffer } from './sandbox-catalog.js';
import type { LocalSecrets } from './secrets.js';

/** A payment provider that the sandbox can stand in for, as far as the launcher has to know. */
export interface StandIn {
  readonly name: string;
  /** As it writes itself. */
  readonly title: string;
  /** Variables of which one being set means that a real account is used instead. */
  readonly configuredBy: RegExp;
  /** Points the application at the stand-in. */
  environment(
    known: { readonly secrets: LocalSecrets; readonly catalog: readonly SandboxOffer[] },
    sandboxUrl: string,
  ): Record<string, string>;
}

/** A stand-in allows more than a provider: a year of billing passes through it in seconds. */
const SANDBOX_CALLS_PER_MINUTE = '60000';

/** Every provider that the sandbox stands in for. */
export const STAND_INS: readonly StandIn[] = [
  {
    name: 'polar',
    title: 'Polar',
    configuredBy: /^POLAR_(ACCESS_TOKEN|WEBHOOK_SECRET|PRODUCT_ID_\w+)$/,
    environment: ({ secrets, catalog }, sandboxUrl) => ({
      POLAR_ACCESS_TOKEN: secrets.polarAccessToken,
      POLAR_WEBHOOK_SECRET: secrets.polarWebhookSecret,
      POLAR_BASE_URL: `${sandboxUrl}/polar`,
      POLAR_CALLS_PER_MINUTE: SANDBOX_CALLS_PER_MINUTE,
      ...Object.fromEntries(
        catalog.map((offer) => [`POLAR_PRODUCT_ID_${offer.key.toUpperCase()}`, offer.polarProductId]),
      ),
    }),
  },
  {
    name: 'stripe',
    title: 'Stripe',
    configuredBy: /^STRIPE_(SECRET_KEY|WEBHOOK_SECRET|PRICE_ID_\w+)$/,
    environment: ({ secrets, catalog }, sandboxUrl) => ({
      STRIPE_SECRET_KEY: secrets.stripeSecretKey,
      STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
      STRIPE_BASE_URL: sandboxUrl,
      STRIPE_CALLS_PER_MINUTE: SANDBOX_CALLS_PER_MINUTE,
      ...Object.fromEntries(
        catalog.map((offer) => [`STRIPE_PRICE_ID_${offer.key.toUpperCase()}`, offer.stripePriceId]),
      ),
    }),
  },
];
