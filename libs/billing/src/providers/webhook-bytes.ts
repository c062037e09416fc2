import { UnreadableEventError } from './provider.errors.js';
import { isJsonObject } from './tolerant-reader.js';

/**
 * The exact text of these bytes, or null when they are not UTF-8. A byte order mark is kept: dropping it, as both
 * SDKs do, would let one signature stand for two different bodies.
 */
export function decodeExactly(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The JSON object that verified bytes hold.
 *
 * @throws UnreadableEventError not UTF-8, not JSON, or JSON of something else than an object
 */
export function parseEventBytes(bytes: Buffer): Record<string, unknown> {
  const parsed = parseJson(decodeExactly(bytes));
  if (!isJsonObject(parsed)) throw new UnreadableEventError();
  return parsed;
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
