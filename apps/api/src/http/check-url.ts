import { InvalidRequestError } from '@tollgate/kernel';
import { isUnstorable } from './json-tree.js';

/**
 * Refuses a request target whose percent-encoding is broken, or that spells NUL.
 *
 * @throws InvalidRequestError `malformed_url` or `unsupported_characters`
 */
export function checkUrl(target: string): void {
  if (isUnstorable(decode(target)))
    throw new InvalidRequestError('unsupported_characters', 'NUL is not accepted in a URL');
}

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    throw new InvalidRequestError('malformed_url', 'The percent-encoding of the URL is broken');
  }
}
