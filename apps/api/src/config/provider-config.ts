import type { MappedPrice, ProviderName } from '@tollgate/billing';
import type { Config, PolarConfig, StripeConfig } from './config.js';
import type { Environment } from './environment.js';

type Settings = Readonly<Record<string, unknown>>;

const PLANS = ['pro', 'team', 'enterprise'] as const;
const INTERVALS = ['month', 'year'] as const;
/** Plans whose ids a configured provider must name; team may be left out. */
const REQUIRED_PLANS: ReadonlySet<string> = new Set(['pro', 'enterprise']);
const PREFIX: Readonly<Record<ProviderName, string>> = {
  polar: 'POLAR_PRODUCT_ID',
  stripe: 'STRIPE_PRICE_ID',
};

/** Reads everything about providers; what is missing is added to `problems`, by the name of its variable. */
export function readPayments(environment: Environment, problems: string[]): Config['payments'] {
  const settings: Settings = environment;
  const polarOn = isConfigured(settings, 'polar', ['POLAR_ACCESS_TOKEN', 'POLAR_WEBHOOK_SECRET']);
  const stripeOn = isConfigured(settings, 'stripe', ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']);
  const selling = environment.PAYMENT_PROVIDER === 'none' ? null : environment.PAYMENT_PROVIDER;
  return {
    selling,
    polar: polarOn || selling === 'polar' ? readPolar(environment, problems) : null,
    stripe: stripeOn || selling === 'stripe' ? readStripe(environment, problems) : null,
    prices: [
      ...(polarOn || selling === 'polar' ? readPrices(settings, 'polar', problems) : []),
      ...(stripeOn || selling === 'stripe' ? readPrices(settings, 'stripe', problems) : []),
    ],
  };
}

/** A provider is configured when one of its keys, secrets or ids is set; a base URL or a switch alone is not enough. */
function isConfigured(settings: Settings, provider: ProviderName, secrets: readonly string[]): boolean {
  return [...secrets, ...priceVariables(provider).map(({ name }) => name)].some(
    (name) => settings[name] !== undefined,
  );
}

function priceVariables(provider: ProviderName) {
  return PLANS.flatMap((plan) =>
    INTERVALS.map((interval) => ({
      plan,
      interval,
      name: `${PREFIX[provider]}_${plan.toUpperCase()}_${interval === 'month' ? 'MONTHLY' : 'YEARLY'}`,
    })),
  );
}

function readPrices(settings: Settings, provider: ProviderName, problems: string[]): MappedPrice[] {
  return priceVariables(provider).flatMap(({ plan, interval, name }) => {
    const externalId = settings[name];
    if (typeof externalId === 'string') return [{ provider, plan, interval, externalId }];
    if (REQUIRED_PLANS.has(plan))
      problems.push(`${name} is missing: the ${provider} id of the ${plan} plan by the ${interval}`);
    return [];
  });
}

function readPolar(environment: Environment, problems: string[]): PolarConfig {
  return {
    accessToken: need(environment.POLAR_ACCESS_TOKEN, 'POLAR_ACCESS_TOKEN', problems) ?? '',
    webhookSecrets: need(environment.POLAR_WEBHOOK_SECRET, 'POLAR_WEBHOOK_SECRET', problems) ?? [],
    baseUrl: environment.POLAR_BASE_URL,
  };
}

function readStripe(environment: Environment, problems: string[]): StripeConfig {
  return {
    secretKey: need(environment.STRIPE_SECRET_KEY, 'STRIPE_SECRET_KEY', problems) ?? '',
    webhookSecrets: need(environment.STRIPE_WEBHOOK_SECRET, 'STRIPE_WEBHOOK_SECRET', problems) ?? [],
    baseUrl: environment.STRIPE_BASE_URL,
    managedPayments: environment.STRIPE_MANAGED_PAYMENTS,
  };
}

function need<T>(value: T | undefined, name: string, problems: string[]): T | undefined {
  if (value === undefined) problems.push(`${name} is missing`);
  return value;
}
