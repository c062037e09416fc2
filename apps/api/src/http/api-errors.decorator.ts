import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

/** Body of every error: a stable code, words for people, and the id under which the log knows the request. */
export const errorBody = z.object({
  error: z.string().meta({ description: 'Stable code, snake_case' }),
  message: z.string(),
  retryAfter: z.number().int().optional().meta({ description: 'Seconds; also in the Retry-After header' }),
  details: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string().optional(),
});

const WORDS: Readonly<Record<number, string>> = {
  400: 'The request is malformed or does not have the expected shape',
  401: 'Not signed in, or the credentials are wrong or expired',
  403: 'Signed in, but not allowed to do this',
  404: 'There is no such thing, or it is not yours',
  409: 'The present state does not allow it',
  413: 'The body is too large',
  415: 'The body is not JSON',
  429: 'Too many attempts or a limit is used up; see Retry-After',
  503: 'A part that we need is down; see Retry-After',
};

/**
 * Lists the errors of a route in the OpenAPI document; `codes` names the stable codes of a status.
 *
 * @example \@ApiErrors(400, [409, 'email_taken'])
 */
export function ApiErrors(
  ...errors: readonly (number | readonly [status: number, ...codes: string[]])[]
): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...errors.map((entry) => {
      const [status, ...codes] = typeof entry === 'number' ? [entry] : entry;
      const words = WORDS[status] ?? 'Error';
      const description = codes.length > 0 ? `${words}: \`${codes.join('`, `')}\`` : words;
      return ApiResponse({ status, description, standardSchema: errorBody });
    }),
  );
}
