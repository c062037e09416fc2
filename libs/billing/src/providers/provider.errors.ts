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

/** The provider understood the call and refused it; `providerCode` is its own word, for staff and logs. */
export class ProviderRefusedError extends DomainError {
  constructor(
    readonly provider: ProviderName,
    readonly providerCode: string,
    options?: { cause?: unknown },
  ) {
    super(
      'conflict',
      'provider_refused',
      `The payment provider (${provider}) refused the request`,
      {},
      options,
    );
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
