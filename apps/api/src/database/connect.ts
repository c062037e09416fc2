import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { isDatabaseUnavailable } from '@tollgate/kernel';
import { createDataSource } from './data-source.js';

/** A Postgres that starts together with us, or is busy, is there a moment later. */
const TRIES = 4;
const PAUSE_MS = 500;

/**
 * A connected data source for a start: tries a few times before it gives up.
 *
 * @throws the last failure when the database could not be reached, any other one at once
 */
export async function connect(url: string, answerWithinMs?: number): Promise<DataSource> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await createDataSource(url, answerWithinMs).initialize();
    } catch (error) {
      if (tries === TRIES || !isDatabaseUnavailable(error)) throw error;
      await pause(PAUSE_MS);
    }
  }
}
