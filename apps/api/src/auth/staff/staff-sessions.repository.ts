import { Injectable } from '@nestjs/common';
import { IdGenerator, TransactionRunner } from '@tollgate/kernel';
import { RealTime } from '../real-time.js';
import { hashSecret, newSecret } from '../tokens/secret-token.js';
import { SESSION_MS } from './session-cookie.js';
import type { StaffMember } from './staff-members.repository.js';

/** Staff sessions: rows that can be revoked; the browser holds a secret of which only the hash is stored. */
@Injectable()
export class StaffSessions {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly realTime: RealTime,
    private readonly ids: IdGenerator,
  ) {}

  /** Opens a session and answers its secret; always a new one, whatever the browser held before. */
  async open(memberId: string): Promise<string> {
    const secret = newSecret();
    const now = this.realTime.now();
    await this.transactions.reader.query(
      `insert into staff_session (id, token_hash, member_id, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
      [this.ids.next(), hashSecret(secret), memberId, now, new Date(now.getTime() + SESSION_MS)],
    );
    return secret;
  }

  /** The member whose live session this is; null when it ended or the member was disabled. */
  async memberOf(secret: string): Promise<StaffMember | null> {
    const [row] = await this.transactions.reader.query<StaffMember[]>(
      `select m.id, m.email, m.name, m.role from staff_session s join staff_member m on m.id = s.member_id
       where s.token_hash = $1 and s.revoked_at is null and s.expires_at > $2 and m.disabled_at is null`,
      [hashSecret(secret), this.realTime.now()],
    );
    return row ?? null;
  }

  /** Ends the session; does nothing for one that does not exist. */
  async revoke(secret: string): Promise<void> {
    await this.transactions.reader.query(
      'update staff_session set revoked_at = $2 where token_hash = $1 and revoked_at is null',
      [hashSecret(secret), this.realTime.now()],
    );
  }
}
