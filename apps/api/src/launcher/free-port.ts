import { randomInt } from 'node:crypto';
import { listenError } from './listen-error.js';

/** Below the ports that operating systems give to outgoing connections, which could take one before we listen. */
const LOWEST = 10_000;
const HIGHEST = 32_000;
const TRIES = 50;

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment.
 *
 * @throws Error when none of fifty taken at random is free
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if ((await listenError(port, '127.0.0.1')) === undefined) return port;
  }
  throw new Error(`no free TCP port found between ${LOWEST} and ${HIGHEST}`);
}
