import { PAYMENT_PROVIDERS } from '../payment-providers/payment-providers.js';
import { type Config, ConfigError } from './config.js';
import { type Environment, environmentSchema } from './environment.js';
import { readPayments } from './provider-config.js';
import { readVariables, type Variables } from './variables.js';

const SHORTEST_JWT_SECRET = 32;

/**
 * Reads the configuration out of environment variables, strictly.
 *
 * @param kinds the payment providers that may be configured
 * @throws ConfigError naming everything that is missing or wrong, at once
 */
export function loadConfig(variables: Variables, kinds = PAYMENT_PROVIDERS): Config {
  const problems: string[] = [];
  const environment = readVariables(environmentSchema, variables, problems);
  if (environment === null) throw new ConfigError(problems);
  const config: Config = {
    http: {
      port: environment.PORT,
      host: environment.HOST ?? '0.0.0.0',
      appUrl: (environment.APP_URL ?? `http://localhost:${environment.PORT}`).replace(/\/+$/, ''),
    },
    database: { url: environment.DATABASE_URL },
    redis: environment.REDIS_URL ? { url: environment.REDIS_URL } : null,
    payments: readPayments(variables, environment, kinds, problems),
    jwt: readJwt(environment, problems),
    compatDenialBody: environment.COMPAT_DENIAL_BODY,
    cacheTtlSeconds: environment.TOLLGATE_CACHE_TTL_SECONDS,
    usage: {
      hourlyDays: environment.TOLLGATE_USAGE_HOURLY_DAYS,
      dailyDays: environment.TOLLGATE_USAGE_DAILY_DAYS,
    },
    decisionLog: environment.TOLLGATE_DECISION_LOG,
    testClock: readTestClock(environment, problems),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readJwt(environment: Environment, problems: string[]): Config['jwt'] {
  const { TOLLGATE_JWT_SECRET: secret, TOLLGATE_JWKS_URL: jwksUrl } = environment;
  if (secret === undefined && jwksUrl === undefined) {
    problems.push('TOLLGATE_JWT_SECRET (32 characters or more) or TOLLGATE_JWKS_URL is missing');
  }
  if (secret !== undefined && jwksUrl !== undefined) {
    problems.push('TOLLGATE_JWT_SECRET and TOLLGATE_JWKS_URL are both set: tokens come from one place');
  }
  if (secret !== undefined && secret.length < SHORTEST_JWT_SECRET) {
    problems.push(`TOLLGATE_JWT_SECRET must have at least ${SHORTEST_JWT_SECRET} characters`);
  }
  return {
    secret,
    jwksUrl,
    issuer: environment.TOLLGATE_JWT_ISSUER,
    audience: environment.TOLLGATE_JWT_AUDIENCE,
  };
}

function readTestClock(environment: Environment, problems: string[]): Config['testClock'] {
  if (!environment.TOLLGATE_TEST_CLOCK) return null;
  if (environment.NODE_ENV === 'production')
    problems.push('TOLLGATE_TEST_CLOCK is not for NODE_ENV=production');
  if (environment.TOLLGATE_CONTROL_TOKEN === undefined) {
    problems.push('TOLLGATE_CONTROL_TOKEN is missing: the test clock answers nobody without it');
  }
  return {
    controlToken: environment.TOLLGATE_CONTROL_TOKEN ?? '',
    sandboxUrl: environment.TOLLGATE_SANDBOX_URL ?? null,
  };
}
