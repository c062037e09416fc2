import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnavailableError } from '../errors/common.errors.js';
import { LeaseLostError } from './lease.errors.js';
import type { Transaction } from './transaction.js';

/** The right to work on something alone for a while; `token` grows with every holder (fencing token). */
export interface Lease {
  readonly name: string;
  readonly token: string;
}

const RETRY_MS = 40;

interface TokenRow {
  readonly token: string;
}

/**
 * Leases with fencing tokens, as rows. No connection is held while a lease is: the holder proves itself by its
 * token inside the transaction that writes. Leases run by the database's real time, never by the Clock.
 */
@Injectable()
export class Leases {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes the lease for `ttlMs`, or answers null while somebody else holds it. */
  async acquire(name: string, ttlMs: number): Promise<Lease | null> {
    const rows = await this.dataSource.query<TokenRow[]>(
      `insert into lease as l (name, token, expires_at)
       values ($1, 1, clock_timestamp() + $2 * interval '1 millisecond')
       on conflict (name) do update set token = l.token + 1, expires_at = excluded.expires_at
       where l.expires_at <= clock_timestamp()
       returning token`,
      [name, ttlMs],
    );
    const row = rows[0];
    return row ? { name, token: row.token } : null;
  }

  /**
   * Runs `work` alone under the named lease, waiting up to `waitMs` (real time) for others to finish.
   *
   * @throws UnavailableError `busy` when the lease could not be had in time
   */
  async alone<T>(
    name: string,
    ttlMs: number,
    waitMs: number,
    work: (lease: Lease) => Promise<T>,
  ): Promise<T> {
    for (let waited = 0; ; waited += RETRY_MS) {
      const lease = await this.acquire(name, ttlMs);
      if (lease) {
        try {
          return await work(lease);
        } finally {
          await this.release(lease);
        }
      }
      if (waited >= waitMs)
        throw new UnavailableError('busy', 'The same thing is being done already; try again');
      await pause(RETRY_MS);
    }
  }

  /** Lengthens a lease that is still ours by `ttlMs` from now; false when it was lost. */
  async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    const rows = await this.dataSource.query<[TokenRow[], number]>(
      `update lease set expires_at = clock_timestamp() + $3 * interval '1 millisecond'
       where name = $1 and token = $2 and expires_at > clock_timestamp() returning token`,
      [lease.name, lease.token, ttlMs],
    );
    return rows[1] > 0;
  }

  /** Gives the lease back early; does nothing when it was lost meanwhile. */
  async release(lease: Lease): Promise<void> {
    await this.dataSource.query(
      `update lease set expires_at = clock_timestamp() where name = $1 and token = $2`,
      [lease.name, lease.token],
    );
  }

  /**
   * Proves inside the writing transaction that the lease was not taken over, and keeps it from being taken
   * over until that transaction ends.
   *
   * @throws LeaseLostError when another holder has a newer token
   */
  async assertHeld(tx: Transaction, lease: Lease): Promise<void> {
    const rows = await tx.query<TokenRow[]>('select token from lease where name = $1 for update', [
      lease.name,
    ]);
    if (rows[0]?.token !== lease.token) throw new LeaseLostError(lease.name);
  }
}
