import { DomainError } from './domain-error.js';

/** The named thing does not exist, or belongs to somebody else: both answer the same. */
export class NotFoundError extends DomainError {
  constructor(what: string) {
    super('not_found', 'not_found', `${what} not found`);
  }
}

/** The request contradicts a rule of its own shape; `code` says which. */
export class InvalidRequestError extends DomainError {
  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super('invalid', code, message, details);
  }
}

/** The request is well formed but the present state does not allow it; `code` says why. */
export class ConflictError extends DomainError {
  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super('conflict', code, message, details);
  }
}

/** A part that we need is down; `retryAfter` is in whole seconds. */
export class UnavailableError extends DomainError {
  constructor(
    code: string,
    message: string,
    readonly retryAfter: number = 5,
    options?: { cause?: unknown },
  ) {
    super('unavailable', code, message, { retryAfter }, options);
  }
}
