import { Injectable } from '@nestjs/common';
import { IdGenerator, lockInTransaction, type Transaction, TransactionRunner } from '@tollgate/kernel';
import { InvalidCredentialsError } from '../auth.errors.js';
import { RealTime } from '../real-time.js';
import { hashSecret, newSecret } from './secret-token.js';

const GOOD_FOR_MS = 30 * 24 * 60 * 60_000;

interface RefreshTokenRow {
  readonly id: string;
  readonly user_id: string;
  readonly family: string;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly revoked_at: Date | null;
}

/**
 * Refresh tokens: each is good once and is replaced by the next of its family (one family per sign-in). A used
 * one that comes back was copied by somebody, so its whole family ends.
 */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly realTime: RealTime,
    private readonly ids: IdGenerator,
  ) {}

  /** The first token of a new family. */
  async start(tx: Transaction, userId: string): Promise<string> {
    return this.insert(tx, userId, this.ids.next());
  }

  /**
   * Trades a token for the next one.
   *
   * @throws InvalidCredentialsError when it is unknown, expired, revoked or used
   */
  async rotate(token: string): Promise<{ userId: string; refreshToken: string }> {
    // A refusal is the transaction's answer, not its failure: ending the family must be committed.
    const rotated = await this.transactions.run(async (tx) => {
      const now = this.realTime.now();
      const row = await this.lock(tx, token);
      if (!row || row.revoked_at !== null || row.expires_at <= now) return null;
      if (row.used_at !== null) {
        await this.revokeFamily(tx, row.family);
        return null;
      }
      await tx.query('update refresh_token set used_at = $2 where id = $1', [row.id, now]);
      return { userId: row.user_id, refreshToken: await this.insert(tx, row.user_id, row.family) };
    });
    if (rotated === null) throw new InvalidCredentialsError('The refresh token is not valid any more');
    return rotated;
  }

  /** Ends the token's family; does nothing for an unknown token. */
  async revoke(token: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const row = await this.lock(tx, token);
      if (row) await this.revokeFamily(tx, row.family);
    });
  }

  /** The token as it is once nobody else is changing its family, whose newest row may not be visible before. */
  private async lock(tx: Transaction, token: string): Promise<RefreshTokenRow | undefined> {
    const hash = hashSecret(token);
    const [known] = await tx.query<{ family: string }[]>(
      'select family from refresh_token where token_hash = $1',
      [hash],
    );
    if (!known) return undefined;
    await lockInTransaction(tx, `refresh-family:${known.family}`);
    const [row] = await tx.query<RefreshTokenRow[]>(
      `select id, user_id, family, expires_at, used_at, revoked_at from refresh_token where token_hash = $1`,
      [hash],
    );
    return row;
  }

  private async revokeFamily(tx: Transaction, family: string): Promise<void> {
    await tx.query('update refresh_token set revoked_at = $2 where family = $1 and revoked_at is null', [
      family,
      this.realTime.now(),
    ]);
  }

  private async insert(tx: Transaction, userId: string, family: string): Promise<string> {
    const token = newSecret();
    await tx.query(
      `insert into refresh_token (id, user_id, family, token_hash, expires_at) values ($1, $2, $3, $4, $5)`,
      [
        this.ids.next(),
        userId,
        family,
        hashSecret(token),
        new Date(this.realTime.now().getTime() + GOOD_FOR_MS),
      ],
    );
    return token;
  }
}
