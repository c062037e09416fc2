import { DomainError, UnavailableError } from '@tollgate/kernel';
import type { ProviderName } from './payment-provider.js';

/** The provider is down, slow or limiting us; nothing is known about the outcome of a write. */
export class ProviderUnavailableError extends UnavailableError {
  constructor(
    readonly provider: ProviderName,
    retryAfter = 5,
    options?: { cause?: unknown },
  ) {
    super(
      'provider_unavailable',
      `The payment provider (${provider}) cannot be reached right now`,
      retryAfter,
      options,
    );
  }
}

/**
 * Why a provider refused, in our words. `locked` passes by itself (a renewal is under way); every other reason stays
 * until something changes.
 */
export type RefusalReason =
  | 'already_subscribed'
  | 'cancel_scheduled'
  | 'credentials'
  | 'customer_invalid'
  | 'customer_taken'
  | 'ended'
  | 'invalid'
  | 'key_reused'
  | 'locked'
  | 'managed_payments_mismatch'
  | 'not_found'
  | 'payment_failed'
  | 'seats_out_of_range'
  | 'unsupported';

/**
 * The provider understood the call and refused it. `reason` is ours and stable, `providerCode` the provider's own word,
 * for staff and logs.
 */
export class ProviderRefusedError extends DomainError {
  readonly providerCode: string;

  constructor(
    readonly provider: ProviderName,
    readonly reason: RefusalReason,
    options: { readonly providerCode?: string; readonly cause?: unknown } = {},
  ) {
    const { providerCode = reason, ...rest } = options;
    const message = `The payment provider (${provider}) refused the request`;
    super('conflict', 'provider_refused', message, { reason }, rest);
    this.providerCode = providerCode;
  }
}

/** The provider sells by hosted pages only: a subscription cannot be created directly. */
export class CheckoutRequiredError extends DomainError {
  constructor() {
    super(
      'conflict',
      'checkout_required',
      'Subscriptions are sold by checkout only; open a checkout instead',
    );
  }
}

/** A catalog form without the tax code of a digital product; nothing was sent to the provider. */
export class NotDigitalError extends DomainError {
  constructor(plan: string, taxCode: string | null) {
    super('invalid', 'tax_code_missing', `The plan ${plan} needs the tax code of a digital product`, {
      plan,
      taxCode,
    });
  }
}

/** A delivery without a good signature of a configured provider; nothing of it is stored. */
export class SignatureRefusedError extends DomainError {
  constructor(why: 'missing' | 'mismatch' | 'outside_tolerance' | 'unconfigured') {
    super('unauthenticated', 'signature_refused', 'The webhook signature is missing, wrong or out of date', {
      why,
    });
  }
}

/** A well-signed delivery whose bytes are not UTF-8 JSON of an event. */
export class UnreadableEventError extends DomainError {
  constructor() {
    super('invalid', 'event_unreadable', 'The webhook body is not a readable JSON event');
  }
}
