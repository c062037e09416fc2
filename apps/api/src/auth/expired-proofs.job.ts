import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, type ScheduledJob, TransactionRunner } from '@tollgate/kernel';
import { RealTime } from './real-time.js';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Forgets refresh tokens and staff sessions a week after they expired, and failed sign-ins after a day without
 * one. Nothing depends on it: what is expired is refused whether or not its row is still there.
 */
@Injectable()
export class ExpiredProofsJob implements ScheduledJob, OnModuleInit {
  readonly name = 'auth.forget-expired-proofs';
  readonly everyMs = DAY_MS;

  constructor(
    private readonly registry: JobRegistry,
    private readonly transactions: TransactionRunner,
    private readonly realTime: RealTime,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  /** Goes by real time, as these rows do; the job's own instant of our time is not used. */
  async run(): Promise<number> {
    const now = this.realTime.now().getTime();
    const aWeekAgo = new Date(now - 7 * DAY_MS);
    const aDayAgo = new Date(now - DAY_MS);
    const counts = await Promise.all([
      this.remove('delete from refresh_token where expires_at < $1', aWeekAgo),
      this.remove('delete from staff_session where expires_at < $1', aWeekAgo),
      this.remove('delete from login_attempt where last_at < $1 and blocked_until < $1', aDayAgo),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async remove(sql: string, before: Date): Promise<number> {
    const [, count] = await this.transactions.reader.query<[unknown[], number]>(sql, [before]);
    return count;
  }
}
