import { z } from 'zod';

/** What Stripe says when it refuses. */
export interface StripeErrorBody {
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error' | 'rate_limit_error';
  message: string;
  code?: string;
  param?: string;
  decline_code?: string;
}

/** An answer of Stripe's API that is not a success. */
export class StripeApiError extends Error {
  constructor(
    readonly status: number,
    readonly error: StripeErrorBody,
  ) {
    super(error.message);
  }
}

/** 404 `resource_missing`. */
export function missing(kind: string, id: string, param = 'id'): StripeApiError {
  return new StripeApiError(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${kind}: '${id}'`,
    param,
  });
}

/** 400 for a parameter or a rule. */
export function badRequest(message: string, param?: string, code?: string): StripeApiError {
  return new StripeApiError(400, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  });
}

/** 402: the customer's card refused the charge. */
export function cardDeclined(): StripeApiError {
  return new StripeApiError(402, {
    type: 'card_error',
    code: 'card_declined',
    decline_code: 'generic_decline',
    message: 'Your card was declined.',
  });
}

/**
 * Reads parameters by a strict schema.
 * @throws StripeApiError 400 naming the first parameter that is unknown, missing or malformed.
 */
export function parseStripe<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw badRequest('Invalid parameters.');
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const param = bracketed([...path, issue.keys[0] ?? '']);
    throw badRequest(`Received unknown parameter: ${param}`, param, 'parameter_unknown');
  }
  const param = bracketed(path);
  const absent = issue.code === 'invalid_type' && issue.input === undefined;
  if (absent) throw badRequest(`Missing required param: ${param}.`, param, 'parameter_missing');
  throw badRequest(`Invalid ${param}: ${issue.message}`, param, 'parameter_invalid');
}

function bracketed(path: readonly string[]): string {
  return path.map((key, index) => (index === 0 ? key : `[${key}]`)).join('');
}
