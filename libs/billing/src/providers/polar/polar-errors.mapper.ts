import { PolarClientError, PolarRateLimitError } from '@polar-sh/sdk';
import type { RequestOptions } from '@polar-sh/sdk/2026-10';
import type { CallPolicy } from '../call-policy.js';
import { ProviderRefusedError, ProviderUnavailableError, type RefusalReason } from '../provider.errors.js';
import { asText, at, asList } from '../tolerant-reader.js';

const LONGEST_WAIT_SECONDS = 3600;

/** The status of a 4xx answer; null for everything else (network, 5xx, an answer that is not JSON). */
export function polarStatus(error: unknown): number | null {
  return error instanceof PolarClientError ? error.statusCode : null;
}

/** Whether Polar said that it does not know the id of the path (404), or that it is no UUID (422). */
export function isNoSuchId(error: unknown): boolean {
  const status = polarStatus(error);
  return status === 404 || status === 422;
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
  const providerCode = polarCode(error) ?? `http_${status}`;
  return new ProviderRefusedError('polar', toReason(status, providerCode), { providerCode, cause });
}

/** How calls to Polar are made: refusals and rate limits are not tried again. */
export const polarPolicy: CallPolicy = {
  provider: 'polar',
  translate: toPolarError,
  waitWished: (error) =>
    error instanceof PolarRateLimitError ? (waitSeconds(error.retryAfter) ?? null) : null,
  isTransient: (error) => polarStatus(error) === null && !(error instanceof ProviderRefusedError),
};

/** The SDK's per-call option for a bound in milliseconds: it counts in seconds, and aborts the body as well. */
export function within(milliseconds: number): RequestOptions {
  return { timeout: milliseconds / 1000 };
}

/** Polar's classes of refusals, and what they mean to us; what is not named goes by its status. */
const REASONS: Readonly<Record<string, RefusalReason>> = {
  PaymentFailed: 'payment_failed',
  PaymentActionRequired: 'payment_failed',
  AlreadyCanceledSubscription: 'cancel_scheduled',
  AlreadyActiveSubscriptionError: 'already_subscribed',
  InactiveSubscription: 'ended',
  SubscriptionLocked: 'locked',
};

function toReason(status: number, code: string): RefusalReason {
  if (status === 402) return 'payment_failed';
  if (status === 404) return 'not_found';
  const named = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return named ?? (status === 401 || status === 403 ? 'credentials' : 'invalid');
}

/** Polar's own word for a refusal: `error` of the body, or the type of the first validation failure; null for none. */
export function polarCode(error: unknown): string | null {
  const body = readBody(at(error, 'error'));
  const [first] = asList(at(body, 'detail'));
  return asText(at(body, 'error')) ?? asText(at(first, 'type'));
}

/** The SDK parses the bodies of statuses that it knows of a call, and hands out the text of all others. */
function readBody(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** The SDK gives NaN for a date in `Retry-After`, and null for none. */
function waitSeconds(retryAfter: number | null): number | undefined {
  const isUsable = retryAfter !== null && Number.isFinite(retryAfter) && retryAfter > 0;
  return isUsable ? Math.min(Math.ceil(retryAfter), LONGEST_WAIT_SECONDS) : undefined;
}
