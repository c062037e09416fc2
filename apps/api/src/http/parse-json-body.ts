import { InvalidRequestError } from '@tollgate/kernel';
import { checkJsonSize } from './check-json-size.js';
import { checkJsonTree } from './json-tree.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the bytes of a JSON request body of at most so many values; no bytes at all read as an empty object, so that a missing body is
 * answered by the list of missing fields.
 *
 * @throws InvalidRequestError `malformed_json`, `too_many_values`, `too_deep`, `forbidden_key` or
 *   `unsupported_characters`
 */
export function parseJsonBody(bytes: Uint8Array, mostValues: number): unknown {
  if (bytes.length === 0) return {};
  checkJsonSize(bytes, mostValues);
  const value = parse(bytes);
  checkJsonTree(value);
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new InvalidRequestError('malformed_json', `The body is not JSON in UTF-8${place(cause)}`);
  }
}

/** Where the parser stopped, without what it read there. */
function place(cause: unknown): string {
  const position = cause instanceof SyntaxError ? /at position \d+/.exec(cause.message) : null;
  return position ? ` (${position[0]})` : '';
}
