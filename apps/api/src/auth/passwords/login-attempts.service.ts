import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { TooManyAttemptsError } from '../auth.errors.js';
import { RealTime } from '../real-time.js';
import { attemptDelay } from './attempt-delay.js';

/** After so long without a failure the count starts again, in milliseconds. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60_000;

interface AttemptRow {
  readonly failures: number;
  readonly last_at: Date;
  readonly blocked_until: Date;
}

/**
 * The growing delay after failed sign-ins. An attempt is counted as failed before the password is looked at and
 * forgiven when it was right, so that a thousand guesses sent at once meet the same delays as a thousand in a row.
 */
@Injectable()
export class LoginAttempts {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly realTime: RealTime,
  ) {}

  /**
   * Counts one more attempt.
   *
   * @throws TooManyAttemptsError while the delay runs; that attempt is not counted
   */
  async begin(key: Buffer): Promise<void> {
    const now = this.realTime.now();
    const waitMs = await this.transactions.run(async (tx) => {
      await tx.query(
        `insert into login_attempt (key, failures, last_at, blocked_until) values ($1, 0, $2, $2)
         on conflict do nothing`,
        [key, now],
      );
      const [row] = await tx.query<AttemptRow[]>(
        'select failures, last_at, blocked_until from login_attempt where key = $1 for update',
        [key],
      );
      if (row && row.blocked_until > now) return row.blocked_until.getTime() - now.getTime();
      const forgotten = !row || row.last_at.getTime() + FORGOTTEN_AFTER_MS <= now.getTime();
      const failures = forgotten ? 1 : row.failures + 1;
      const blockedUntil = new Date(now.getTime() + attemptDelay(failures) * 1_000);
      await tx.query(
        'update login_attempt set failures = $2, last_at = $3, blocked_until = $4 where key = $1',
        [key, failures, now, blockedUntil],
      );
      return 0;
    });
    if (waitMs > 0) throw new TooManyAttemptsError(Math.ceil(waitMs / 1_000));
  }

  /** Forgets the failures: the password was right. */
  async forgive(key: Buffer): Promise<void> {
    await this.transactions.reader.query('delete from login_attempt where key = $1', [key]);
  }
}
