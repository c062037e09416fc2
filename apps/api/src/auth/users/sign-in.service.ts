import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { InvalidCredentialsError } from '../auth.errors.js';
import { attemptKey } from '../passwords/attempt-key.js';
import { LoginAttempts } from '../passwords/login-attempts.service.js';
import { PasswordHasher } from '../passwords/password-hasher.service.js';
import { RefreshTokens } from '../tokens/refresh-tokens.service.js';
import type { Credentials } from './user.schemas.js';
import { type AppUser, Users } from './users.repository.js';

/** Proves a user by e-mail and password. */
@Injectable()
export class SignInService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly attempts: LoginAttempts,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  /**
   * Signs the user in from this address.
   *
   * @throws InvalidCredentialsError (the same for an unknown e-mail), TooManyAttemptsError
   */
  async signIn(
    { email, password }: Credentials,
    address: string,
  ): Promise<{ user: AppUser; refreshToken: string }> {
    const key = attemptKey('user', email, address);
    await this.attempts.begin(key);
    const found = await this.users.byEmail(email);
    const matches = await this.hasher.matches(password, found?.passwordHash ?? null);
    if (!found || !matches) throw new InvalidCredentialsError('E-mail or password is wrong');
    await this.attempts.forgive(key);
    const refreshToken = await this.transactions.run((tx) => this.refreshTokens.start(tx, found.user.id));
    return { user: found.user, refreshToken };
  }
}
