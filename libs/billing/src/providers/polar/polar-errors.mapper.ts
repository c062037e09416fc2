import { PolarClientError, PolarRateLimitError } from '@polar-sh/sdk';
import type { RequestOptions } from '@polar-sh/sdk/2026-10';
import type { CallPolicy } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { asText, at, asList } from '../tolerant-reader.js';

const LONGEST_WAIT_SECONDS = 3600;

/** The status of a 4xx answer; null for everything else (network, 5xx, an answer that is not JSON). */
export function polarStatus(error: unknown): number | null {
  return error instanceof PolarClientError ? error.statusCode : null;
}

/**
 * Whatever a call through Polar's SDK threw, as one of our errors. A 4xx is a refusal; the rest, a bare SyntaxError of
 * an HTML page included, means that nothing is known. The cause names class and status, never what was sent.
 */
export function toPolarError(error: unknown): ProviderUnavailableError | ProviderRefusedError {
  if (error instanceof ProviderUnavailableError || error instanceof ProviderRefusedError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  if (error instanceof PolarRateLimitError) {
    return new ProviderUnavailableError('polar', waitSeconds(error.retryAfter), { cause: new Error(name) });
  }
  const status = polarStatus(error);
  const cause = new Error(status === null ? name : `${name} ${status}`);
  if (status === null) return new ProviderUnavailableError('polar', undefined, { cause });
  return new ProviderRefusedError('polar', refusalCode(error, status), { cause });
}

/** How calls to Polar are made: refusals and rate limits are not tried again. */
export const polarCalls: CallPolicy = {
  translate: toPolarError,
  isTransient: (error) => polarStatus(error) === null && !(error instanceof ProviderRefusedError),
};

/** The SDK's per-call option for a bound in milliseconds: it counts in seconds, and aborts the body as well. */
export function within(milliseconds: number): RequestOptions {
  return { timeout: milliseconds / 1000 };
}

/** Polar's own word for a refusal: `error` of the body, or the type of the first validation failure. */
function refusalCode(error: unknown, status: number): string {
  const body = at(error, 'error');
  const [first] = asList(at(body, 'detail'));
  return asText(at(body, 'error')) ?? asText(at(first, 'type')) ?? `http_${status}`;
}

/** The SDK gives NaN for a date in `Retry-After`, and null for none. */
function waitSeconds(retryAfter: number | null): number | undefined {
  const isUsable = retryAfter !== null && Number.isFinite(retryAfter) && retryAfter > 0;
  return isUsable ? Math.min(Math.ceil(retryAfter), LONGEST_WAIT_SECONDS) : undefined;
}
