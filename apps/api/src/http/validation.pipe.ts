import { StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidRequestError } from '@tollgate/kernel';

/** More than a person would read; the rest only says that the whole body is wrong. */
const MOST_ISSUES = 20;

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** As much of a message, or of the way to a field, as a person would read: both may repeat what was sent. */
const LONGEST_WORDS = 300;

/**
 * Nest's own would take keys that lead to a prototype out of whatever is validated, without a word and at great cost.
 * A body has been refused by then if it has such a key, and what is unknown in a query is refused like any other key.
 */
class ValidationPipe extends StandardSchemaValidationPipe {
  protected override stripProtoKeys(): void {}
}

/** The pipe behind `@Body({ schema })` and friends: what does not fit is 400 `invalid_request` with its issues. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new ValidationPipe({ exceptionFactory: invalidRequest });
}

/** The error for these issues: `details.issues` lists `{ path, message }`, at most twenty. */
export function invalidRequest(issues: readonly Issue[]): InvalidRequestError {
  return new InvalidRequestError('invalid_request', 'The request does not have the expected shape', {
    issues: issues.slice(0, MOST_ISSUES).map(({ path = [], message }) => ({
      path: cut(path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.')),
      message: cut(message),
    })),
  });
}

function cut(words: string): string {
  return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)}…` : words;
}
