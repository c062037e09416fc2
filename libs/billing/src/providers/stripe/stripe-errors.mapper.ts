import Stripe from 'stripe';
import type { CallPolicy } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { asText } from '../tolerant-reader.js';

const LONGEST_WAIT_SECONDS = 3600;
/** Another call with the same idempotency key, or a change of the same object, is under way. */
const BUSY = 409;
const LIMITED = 429;

/** Whether Stripe said that the named object does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404;
}

/** Whether an idempotency key was used before with other parameters. */
export function isKeyReused(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeError && error.rawType === 'idempotency_error' && isRefusal(error)
  );
}

/**
 * Whatever a call through Stripe's SDK threw, as one of our errors. A 4xx other than 409 and 429 is a refusal; the rest
 * means that nothing is known. The cause names class, status and request id, never what was sent.
 */
export function toStripeError(error: unknown): ProviderUnavailableError | ProviderRefusedError {
  if (error instanceof ProviderUnavailableError || error instanceof ProviderRefusedError) return error;
  if (!(error instanceof Stripe.errors.StripeError)) {
    const cause = new Error(error instanceof Error ? error.name : typeof error);
    return new ProviderUnavailableError('stripe', undefined, { cause });
  }
  const cause = new Error([error.type, error.statusCode, error.requestId].filter(Boolean).join(' '));
  if (!isRefusal(error)) return new ProviderUnavailableError('stripe', waitSeconds(error), { cause });
  return new ProviderRefusedError('stripe', asText(error.code) ?? asText(error.rawType) ?? error.type, {
    cause,
  });
}

/** How calls to Stripe are made: refusals and rate limits are not tried again. */
export const stripeCalls: CallPolicy = {
  translate: toStripeError,
  isTransient: (error) =>
    !(error instanceof ProviderRefusedError) &&
    !(error instanceof Stripe.errors.StripeError && (isRefusal(error) || error.statusCode === LIMITED)),
};

function isRefusal({ statusCode }: Stripe.errors.StripeError): boolean {
  if (statusCode === undefined || statusCode === BUSY || statusCode === LIMITED) return false;
  return statusCode >= 400 && statusCode < 500;
}

function waitSeconds(error: Stripe.errors.StripeError): number | undefined {
  const seconds = Number(error.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(Math.ceil(seconds), LONGEST_WAIT_SECONDS)
    : undefined;
}
