import { type Config, ConfigError } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { type Finding, unwell, well } from './finding.js';

/** The environment as parsed; null when it cannot be used, with a finding for everything that is wrong. */
export function checkEnvironment(variables: Readonly<Record<string, string | undefined>>): {
  readonly config: Config | null;
  readonly findings: readonly Finding[];
} {
  try {
    const config = loadConfig(variables);
    return { config, findings: [well('environment', summary(config)), ...checkAppUrl(config)] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const findings = error.problems.map((problem) =>
      unwell('environment', 'fail', problem, 'Set it in the environment or in .env (.env.example names all)'),
    );
    return { config: null, findings };
  }
}

function summary({ payments }: Config): string {
  const configured = payments.providers.map(({ name }) => name);
  const selling = payments.selling === null ? 'nothing is sold' : `sold through ${payments.selling}`;
  return `complete; ${selling}, configured: ${configured.join(', ') || 'no provider'}`;
}

/** Providers deliver over the internet, and send buyers back there. */
function checkAppUrl({ http, payments }: Config): readonly Finding[] {
  const { protocol, hostname } = new URL(http.appUrl);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1';
  if (payments.selling === null || protocol === 'https:') return [well('app url', http.appUrl)];
  const remedy = isLocal
    ? 'Fine with the sandbox; for a provider set APP_URL to the public https address'
    : 'Set APP_URL to the https address';
  return [unwell('app url', isLocal ? 'warn' : 'fail', `${http.appUrl} is not https`, remedy)];
}
