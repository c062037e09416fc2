import { Injectable } from '@nestjs/common';
import {
  Clock,
  ConflictError,
  IdGenerator,
  isUniqueViolation,
  type Transaction,
  TransactionRunner,
} from '@tollgate/kernel';
import { PasswordHasher } from '../passwords/password-hasher.service.js';
import { RealTime } from '../real-time.js';
import type { StaffRole } from './staff-roles.js';

/** A member of staff; `role` as it stands in the row. */
export interface StaffMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
}

/** The rows of staff. */
@Injectable()
export class StaffMembers {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly realTime: RealTime,
    private readonly ids: IdGenerator,
    private readonly hasher: PasswordHasher,
  ) {}

  /**
   * Adds a member of staff; the e-mail is compared in lower case.
   *
   * @throws ConflictError `email_taken`
   */
  async create(
    tx: Transaction,
    member: {
      readonly email: string;
      readonly name: string;
      readonly role: StaffRole;
      readonly password: string;
    },
  ): Promise<StaffMember> {
    const { name, role, password } = member;
    const id = this.ids.next();
    const email = member.email.toLowerCase();
    try {
      await tx.query(
        'insert into staff_member (id, email, name, role, password_hash, created_at) values ($1, $2, $3, $4, $5, $6)',
        [id, email, name, role, await this.hasher.hash(password), this.clock.now()],
      );
    } catch (error) {
      if (isUniqueViolation(error, 'staff_member_email_taken'))
        throw new ConflictError('email_taken', 'There is already a member of staff with this e-mail address');
      throw error;
    }
    return { id, email, name, role };
  }

  /** Gives the member a new password and ends all their sessions. */
  async setPassword(tx: Transaction, memberId: string, password: string): Promise<void> {
    const passwordHash = await this.hasher.hash(password);
    await tx.query('update staff_member set password_hash = $2 where id = $1', [memberId, passwordHash]);
    await tx.query('update staff_session set revoked_at = $2 where member_id = $1 and revoked_at is null', [
      memberId,
      this.realTime.now(),
    ]);
  }

  /** The member with this e-mail who is not disabled, and what their password is checked against. */
  async byEmail(email: string): Promise<(StaffMember & { readonly password_hash: string }) | null> {
    const [row] = await this.transactions.reader.query<(StaffMember & { password_hash: string })[]>(
      `select id, email, name, role, password_hash from staff_member where email = $1 and disabled_at is null`,
      [email.toLowerCase()],
    );
    return row ?? null;
  }
}
