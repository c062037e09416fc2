import type { MappedPrice, PaymentProvider, Proration, ProviderName } from '@tollgate/billing';
import type { DecisionLines } from '../check/decision-lines.js';
import type { ProviderAccess } from '../payment-providers/provider-kind.js';

/** A payment provider with all that it needs. */
export interface ConfiguredProvider {
  readonly name: ProviderName;
  readonly access: ProviderAccess;
  /** What else it is set to, by the names of the variables. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Makes the adapter. */
  readonly create: () => PaymentProvider;
}

/** The application's configuration: typed groups, parsed once at start. */
export interface Config {
  readonly http: { readonly port: number; readonly host: string; readonly appUrl: string };
  readonly database: { readonly url: string };
  readonly redis: { readonly url: string } | null;
  readonly payments: {
    readonly selling: ProviderName | null;
    /** In the order of the registry. */
    readonly providers: readonly ConfiguredProvider[];
    /** Of every provider that could be configured. */
    readonly signatureHeaders: readonly string[];
    readonly prices: readonly MappedPrice[];
    readonly currency: string;
    /** Null for no trials. */
    readonly trialDays: number | null;
    readonly proration: Proration;
    /** Null where staff are not to be told of silent webhooks. */
    readonly silenceHours: number | null;
    /** Origins beside the application's own. */
    readonly returnOrigins: readonly string[];
  };
  readonly jwt: {
    readonly secret: string | undefined;
    readonly jwksUrl: string | undefined;
    readonly issuer: string;
    readonly audience: string;
  };
  readonly compatDenialBody: boolean;
  /** After so many seconds what is remembered of an owner is read again, whatever was heard; 60 to 300. */
  readonly cacheTtlSeconds: number;
  /** How many days hourly and daily records of usage are kept; months are kept for good. */
  readonly usage: { readonly hourlyDays: number; readonly dailyDays: number };
  /** Which decisions leave a line on stdout. */
  readonly decisionLog: DecisionLines;
  /** Null unless the test clock is switched on. */
  readonly testClock: { readonly controlToken: string; readonly sandboxUrl: string | null } | null;
}

const WAY_OUT =
  'Set them in the environment or in .env, which start:api and start:worker do not read by themselves (.env.example says how). Of a provider either all settings are given or none; PAYMENT_PROVIDER=none sells nothing.';

/** The environment cannot be used; each problem is one line that says what to do. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    const lines = problems.map((problem) => `  - ${problem}`);
    super(['The environment is not complete:', ...lines, WAY_OUT].join('\n'));
    this.name = 'ConfigError';
  }
}
