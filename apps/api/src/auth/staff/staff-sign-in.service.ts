import { Injectable } from '@nestjs/common';
import { InvalidCredentialsError } from '../auth.errors.js';
import { attemptKey } from '../passwords/attempt-key.js';
import { LoginAttempts } from '../passwords/login-attempts.service.js';
import { PasswordHasher } from '../passwords/password-hasher.service.js';
import type { Credentials } from '../users/user.schemas.js';
import { type StaffMember, StaffMembers } from './staff-members.repository.js';
import { StaffSessions } from './staff-sessions.repository.js';

/** Proves a member of staff by e-mail and password. */
@Injectable()
export class StaffSignInService {
  constructor(
    private readonly members: StaffMembers,
    private readonly sessions: StaffSessions,
    private readonly hasher: PasswordHasher,
    private readonly attempts: LoginAttempts,
  ) {}

  /**
   * Opens a new session; one that the browser already held is ended.
   *
   * @throws InvalidCredentialsError (the same for unknown and disabled), TooManyAttemptsError
   */
  async signIn(
    { email, password }: Credentials,
    address: string,
    previous: string | undefined,
  ): Promise<{ member: StaffMember; secret: string }> {
    const key = attemptKey('staff', email, address);
    await this.attempts.begin(key);
    const found = await this.members.byEmail(email);
    const matches = await this.hasher.matches(password, found?.password_hash ?? null);
    if (!found || !matches) throw new InvalidCredentialsError('E-mail or password is wrong');
    await this.attempts.forgive(key);
    if (previous !== undefined) await this.sessions.revoke(previous);
    const { id, name, role } = found;
    return { member: { id, email: found.email, name, role }, secret: await this.sessions.open(id) };
  }
}
