import { StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidRequestError } from '@tollgate/kernel';

/** More than a person would read; the rest only says that the whole body is wrong. */
const MOST_ISSUES = 20;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The pipe behind `@Body({ schema })` and friends: what does not fit is 400 `invalid_request` with its issues. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({ exceptionFactory: invalidRequest });
}

/** The error for these issues: `details.issues` lists `{ path, message }`, at most twenty. */
export function invalidRequest(issues: readonly Issue[]): InvalidRequestError {
  return new InvalidRequestError('invalid_request', 'The request does not have the expected shape', {
    issues: issues.slice(0, MOST_ISSUES).map(({ path = [], message }) => ({
      path: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      message,
    })),
  });
}
