import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator, type Transaction, TransactionRunner } from '@tollgate/kernel';

/** The constraint that keeps an e-mail to one user. */
export const EMAIL_TAKEN = 'app_user_email_taken';

/** A user of the sample application. */
export interface AppUser {
  readonly id: string;
  readonly email: string;
  readonly name: string | null;
}

/** The rows of the sample's own users. */
@Injectable()
export class Users {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Adds a user; the database refuses a second one with the same e-mail ({@link EMAIL_TAKEN}). */
  async insert(
    tx: Transaction,
    user: {
      /** Left out: a new one. */
      readonly id?: string;
      readonly email: string;
      readonly name: string | null;
      readonly passwordHash: string;
    },
  ): Promise<AppUser> {
    const id = user.id ?? this.ids.next();
    await tx.query(
      'insert into app_user (id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5)',
      [id, user.email, user.name, user.passwordHash, this.clock.now()],
    );
    return { id, email: user.email, name: user.name };
  }

  /** The user with this e-mail and what their password is checked against. */
  async byEmail(email: string): Promise<{ user: AppUser; passwordHash: string } | null> {
    const [row] = await this.transactions.reader.query<(AppUser & { password_hash: string })[]>(
      'select id, email, name, password_hash from app_user where email = $1',
      [email],
    );
    if (!row) return null;
    return { user: { id: row.id, email: row.email, name: row.name }, passwordHash: row.password_hash };
  }
}
