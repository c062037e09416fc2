import { createPolar as createSdk, type Polar } from '@polar-sh/sdk/2026-10';
import type { CallLimits } from '../provider-gate.js';
import { requireBaseUrl, requireSecret } from '../provider-options.js';

const PRODUCTION = 'https://api.polar.sh';

/** What the Polar adapter needs; `baseUrl` (without `/v1`) points it at a stand-in. */
export interface PolarProviderOptions {
  readonly accessToken: string;
  /** All secrets that are good now: during a rotation the old and the new one. */
  readonly webhookSecrets: readonly string[];
  readonly baseUrl?: string;
  /** What of a limit is left out keeps its default. */
  readonly limits?: Partial<CallLimits>;
}

/**
 * Polar's SDK, and where it connects.
 *
 * @throws ProviderMisconfiguredError the token is empty, or the base URL is not one
 */
export function createPolar({ accessToken: token, baseUrl: url }: PolarProviderOptions): {
  readonly polar: Polar;
  readonly origin: string;
} {
  const baseUrl = url === undefined ? undefined : requireBaseUrl('polar', url);
  const accessToken = requireSecret('polar', 'the access token', token);
  const polar = createSdk({
    accessToken,
    ...(baseUrl === undefined ? {} : { baseUrl: baseUrl.href.replace(/\/+$/, '') }),
  });
  return { polar, origin: baseUrl?.origin ?? PRODUCTION };
}
