import { LauncherError } from './launcher.errors.js';
import { STAND_INS } from './stand-ins.js';

/** The environment as a plain map. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the launcher itself wants to know of the environment; everything else it hands on as it is. */
export interface LauncherSettings {
  readonly port: number;
  readonly dataDir: string | undefined;
  readonly databaseUrl: string | undefined;
  readonly allowRemoteSandbox: boolean;
  /** Providers for which no key, secret or id is set: the sandbox stands in for them. */
  readonly unconfigured: readonly string[];
}

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

function providersWithout(env: Environment): string[] {
  const set = Object.keys(env).filter((variable) => env[variable] !== undefined);
  return STAND_INS.filter(({ configuredBy }) => !set.some((variable) => configuredBy.test(variable))).map(
    ({ name }) => name,
  );
}
