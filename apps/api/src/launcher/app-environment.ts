import type { SandboxOffer } from './sandbox-catalog.js';
import type { LocalSecrets } from './secrets.js';
import type { Environment } from './settings.js';
import { STAND_INS } from './stand-ins.js';

export interface AppPlan {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly secrets: LocalSecrets;
  readonly controlToken: string;
  /** Missing when no sandbox runs. */
  readonly sandboxUrl?: string | undefined;
  /** Names of the providers that the sandbox stands in for. */
  readonly sandboxed: readonly string[];
  /** Whether the database is this machine's: only there may be a test clock, demo people and demo keys. */
  readonly testClock: boolean;
  readonly catalog: readonly SandboxOffer[];
}

/** The whole environment of the application process: the person's own, plus what the launcher arranged. */
export function appEnvironment(env: Environment, plan: AppPlan): Record<string, string> {
  const { sandboxUrl } = plan;
  const hasIssuer = (env['TOLLGATE_JWT_SECRET'] ?? env['TOLLGATE_JWKS_URL']) !== undefined;
  return {
    APP_URL: `http://localhost:${plan.port}`,
    ...defined(env),
    PORT: String(plan.port),
    TOLLGATE_DATA_DIR: plan.dataDir,
    DATABASE_URL: plan.databaseUrl,
    ...(hasIssuer ? {} : { TOLLGATE_JWT_SECRET: plan.secrets.jwtSecret }),
    ...(plan.testClock
      ? {
          TOLLGATE_DEMO: '1',
          TOLLGATE_TEST_CLOCK: env['TOLLGATE_TEST_CLOCK'] ?? '1',
          TOLLGATE_CONTROL_TOKEN: plan.controlToken,
        }
      : {}),
    ...(sandboxUrl === undefined ? {} : sandboxEnvironment(plan, sandboxUrl)),
  };
}

function sandboxEnvironment(plan: AppPlan, sandboxUrl: string): Record<string, string> {
  const standIns = STAND_INS.filter(({ name }) => plan.sandboxed.includes(name));
  return Object.assign(
    { TOLLGATE_SANDBOX_URL: sandboxUrl },
    ...standIns.map((one) => one.environment(plan, sandboxUrl)),
  );
}

/** Nobody but the launcher says where a sandbox is; an old value in the shell must not reach the application. */
const NEVER_HANDED_ON = [
  'TOLLGATE_DEMO',
  'TOLLGATE_SANDBOX_URL',
  'TOLLGATE_CONTROL_TOKEN',
  'TOLLGATE_TEST_CLOCK',
];

function defined(env: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || NEVER_HANDED_ON.includes(name) ? [] : [[name, value]],
    ),
  );
}
