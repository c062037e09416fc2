import type { models } from '@polar-sh/sdk/2026-10';
import { z } from 'zod';

/** An answer of Polar's API that is not a success. */
export class PolarApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {
    super(`Polar ${status}`);
  }

  /** What a person reads: Polar's own detail. */
  get sentence(): string {
    const detail: unknown =
      typeof this.body === 'object' && this.body !== null && 'detail' in this.body ? this.body.detail : null;
    if (typeof detail === 'string') return detail;
    const first: unknown = Array.isArray(detail) ? detail[0] : null;
    const named = typeof first === 'object' && first !== null && 'msg' in first;
    return named ? String(first.msg) : 'Polar refuses this.';
  }
}

/** 404 as Polar words it. */
export function notFound(): PolarApiError {
  const body: models.ResourceNotFound = { error: 'ResourceNotFound', detail: 'Not found' };
  return new PolarApiError(404, body);
}

/** 422 for one field; `loc` starts with `body`, `path` or `query`. */
export function invalid(
  loc: (string | number)[],
  msg: string,
  input?: unknown,
  type = 'value_error',
): PolarApiError {
  const problem: models.ValidationError = { loc, msg, type, input: input ?? null };
  return new PolarApiError(422, { error: 'RequestValidationError', detail: [problem] });
}

/** A refusal with a named error: 402, 403 or 409. */
export function refused(
  status: 402 | 403 | 409,
  body:
    | models.PaymentFailed
    | models.AlreadyCanceledSubscription
    | models.InactiveSubscription
    | models.SubscriptionLocked
    | models.SubscriptionNotScheduledToCancel,
): PolarApiError {
  return new PolarApiError(status, body);
}

/**
 * Reads a body, query or path by its schema.
 * @throws PolarApiError 422 with one entry per problem.
 */
export function parsePolar<T>(schema: z.ZodType<T>, input: unknown, place: 'body' | 'query' | 'path'): T {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const detail: models.ValidationError[] = result.error.issues.map((issue) => ({
    loc: [place, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
    msg: issue.message,
    type: issue.code,
    input: null,
  }));
  throw new PolarApiError(422, { error: 'RequestValidationError', detail });
}
