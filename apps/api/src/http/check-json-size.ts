import { InvalidRequestError } from '@tollgate/kernel';
import { DEEPEST } from './json-tree.js';

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
/** Square and curly brackets differ in this bit alone. */
const CURLY = 0x20;
const [OPENING, CLOSING] = [0x7b, 0x7d];

/**
 * Refuses JSON that is nested too deep, or holds more values than `most`, by its bytes alone: what a megabyte of empty
 * lists costs is building them and walking through them, half a second in which nobody else is answered. Whoever sends
 * it need not have signed in. What is no JSON passes; the parser tells.
 *
 * @throws InvalidRequestError `too_deep` or `too_many_values`
 */
export function checkJsonSize(bytes: Uint8Array, most: number): void {
  let [depth, values, inText] = [0, 1, false];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) inText = !inText;
    else if (inText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === COMMA) values += 1;
    else if ((byte | CURLY) === CLOSING) depth -= 1;
    else if ((byte | CURLY) === OPENING) {
      depth += 1;
      values += 1;
    }
    if (depth > DEEPEST)
      throw new InvalidRequestError('too_deep', `JSON may be nested ${DEEPEST} levels deep`);
    if (values > most) throw new InvalidRequestError('too_many_values', `JSON may hold ${most} values here`);
  }
}
