/**
 * What went wrong, in the terms of the domain. The edge maps a kind to its transport (`apps/api/src/http`);
 * nothing below the edge knows a status code.
 */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'
  | 'defect';

/**
 * An expected failure: `kind` says how to treat it, `code` is stable and public (snake_case), `details` is
 * safe to show to the caller (no secrets, no other tenant's data).
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}
