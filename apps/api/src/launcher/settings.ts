import { LauncherError } from './launcher.errors.js';

/** The environment as a plain map. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The two payment providers. */
export type ProviderName = 'polar' | 'stripe';

/** What the launcher itself wants to know of the environment; everything else it hands on as it is. */
export interface LauncherSettings {
  readonly port: number;
  readonly dataDir: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly allowRemoteSandbox: boolean;
  /** Providers for which no key, secret or id is set: the sandbox stands in for them. */
  readonly unconfigured: readonly ProviderName[];
}

const PROVIDER_VARIABLES: Readonly<Record<ProviderName, RegExp>> = {
  polar: /^POLAR_(ACCESS_TOKEN|WEBHOOK_SECRET|PRODUCT_ID_\w+)$/,
  stripe: /^STRIPE_(SECRET_KEY|WEBHOOK_SECRET|PRICE_ID_\w+)$/,
};

/**
 * Reads the launcher's settings.
 * @throws LauncherError for a PORT that is none, and under NODE_ENV=production
 */
export function readSettings(env: Environment): LauncherSettings {
  if (env['NODE_ENV'] === 'production') {
    throw new LauncherError(
      'npm start is for development: it brings a sandbox and demo tenants. Use "npm run start:api", or unset NODE_ENV=production.',
    );
  }
  return {
    port: readPort(env['PORT']),
    dataDir: env['TOLLGATE_DATA_DIR'],
    databaseUrl: env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'],
    allowRemoteSandbox: env['TOLLGATE_ALLOW_SANDBOX'] === '1',
    unconfigured: env['PAYMENT_PROVIDER'] === 'none' ? [] : providersWithout(env),
  };
}

function readPort(value: string | undefined): number {
  if (value === undefined || value === '') return 3000;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LauncherError(`PORT=${value} is not a port. Set a number from 1 to 65535.`);
}

function providersWithout(env: Environment): ProviderName[] {
  const names = Object.keys(env).filter((name) => env[name] !== undefined);
  return (['polar', 'stripe'] as const).filter(
    (provider) => !names.some((name) => PROVIDER_VARIABLES[provider].test(name)),
  );
}
