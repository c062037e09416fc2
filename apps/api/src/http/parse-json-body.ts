import { scan } from 'secure-json-parse';
import { InvalidRequestError } from '@tollgate/kernel';
import { checkJsonTree } from './json-tree.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads the bytes of a JSON request body; no bytes at all read as an empty object, so that a missing body is
 * answered by the list of missing fields.
 *
 * @throws InvalidRequestError `malformed_json`, `forbidden_key`, `too_deep` or `unsupported_characters`
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  const value = parse(bytes);
  if (typeof value === 'object' && value !== null) refusePrototypeKeys(value);
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

function refusePrototypeKeys(value: object): void {
  try {
    scan(value, { protoAction: 'error', constructorAction: 'error' });
  } catch {
    throw new InvalidRequestError('forbidden_key', 'A key would change the prototype of an object');
  }
}
