import Stripe from 'stripe';
import type { CallPolicy } from '../call-policy.js';
import { ProviderRefusedError, ProviderUnavailableError, type RefusalReason } from '../provider.errors.js';
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
  const providerCode = asText(error.code) ?? asText(error.rawType) ?? error.type;
  return new ProviderRefusedError('stripe', toReason(error), { providerCode, cause });
}

/** How calls to Stripe are made: refusals and rate limits are not tried again. */
export const stripePolicy: CallPolicy = {
  provider: 'stripe',
  translate: toStripeError,
  waitWished: (error) => (error instanceof Stripe.errors.StripeError ? (waitSeconds(error) ?? null) : null),
  isTransient: (error) =>
    !(error instanceof ProviderRefusedError) &&
    !(error instanceof Stripe.errors.StripeError && (isRefusal(error) || error.statusCode === LIMITED)),
};

/** Stripe's codes, and what they mean to us; what is not named goes by its status. */
const REASONS: Readonly<Record<string, RefusalReason>> = {
  lock_timeout: 'locked',
  resource_missing: 'not_found',
  idempotency_error: 'key_reused',
};

function toReason(error: Stripe.errors.StripeError): RefusalReason {
  if (error.statusCode === 402) return 'payment_failed';
  if (error.statusCode === 404) return 'not_found';
  if (error.statusCode === 401 || error.statusCode === 403) return 'credentials';
  const named = [error.code, error.rawType].find(
    (word) => word !== undefined && Object.hasOwn(REASONS, word),
  );
  return named === undefined ? 'invalid' : (REASONS[named] ?? 'invalid');
}

/** Stripe's word for an object that another request or a renewal holds; its status has been both 409 and 429. */
const LOCKED = 'lock_timeout';

function isRefusal({ statusCode, code }: Stripe.errors.StripeError): boolean {
  if (code === LOCKED) return true;
  if (statusCode === undefined || statusCode === BUSY || statusCode === LIMITED) return false;
  return statusCode >= 400 && statusCode < 500;
}

function waitSeconds(error: Stripe.errors.StripeError): number | undefined {
  const seconds = Number(error.headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(Math.ceil(seconds), LONGEST_WAIT_SECONDS)
    : undefined;
}
