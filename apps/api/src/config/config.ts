import type { MappedPrice, ProviderName } from '@tollgate/billing';

/** What Polar needs. */
export interface PolarConfig {
  readonly accessToken: string;
  readonly webhookSecrets: readonly string[];
  readonly baseUrl: string | undefined;
}

/** What Stripe needs. */
export interface StripeConfig {
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
  readonly baseUrl: string | undefined;
  readonly managedPayments: boolean;
}

/** The application's configuration: typed groups, parsed once at start. */
export interface Config {
  readonly http: { readonly port: number; readonly host: string; readonly appUrl: string };
  readonly database: { readonly url: string };
  readonly redis: { readonly url: string } | null;
  readonly payments: {
    readonly selling: ProviderName | null;
    readonly polar: PolarConfig | null;
    readonly stripe: StripeConfig | null;
    readonly prices: readonly MappedPrice[];
  };
  readonly jwt: {
    readonly secret: string | undefined;
    readonly jwksUrl: string | undefined;
    readonly issuer: string;
    readonly audience: string;
  };
  readonly compatDenialBody: boolean;
  /** Null unless the test clock is switched on. */
  readonly testClock: { readonly controlToken: string; readonly sandboxUrl: string | null } | null;
}

const WAY_OUT =
  'Set them in the environment or in .env. Of a provider either all settings are given or none; PAYMENT_PROVIDER=none sells nothing.';

/** The environment cannot be used; each problem is one line that says what to do. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    const lines = problems.map((problem) => `  - ${problem}`);
    super(['The environment is not complete:', ...lines, WAY_OUT].join('\n'));
    this.name = 'ConfigError';
  }
}
