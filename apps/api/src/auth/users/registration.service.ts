import { Injectable } from '@nestjs/common';
import { BillingOwners } from '@tollgate/billing';
import { ConflictError, isUniqueViolation, TransactionRunner } from '@tollgate/kernel';
import { PasswordHasher } from '../passwords/password-hasher.service.js';
import { RefreshTokens } from '../tokens/refresh-tokens.service.js';
import type { Registration } from './user.schemas.js';
import { type AppUser, EMAIL_TAKEN, Users } from './users.repository.js';

/** Makes a user, their billing owner with its free subscription, and their first sign-in: all or nothing. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly owners: BillingOwners,
    private readonly refreshTokens: RefreshTokens,
  ) {}

  /** @throws ConflictError `email_taken` */
  async register({ email, password, name }: Registration): Promise<{ user: AppUser; refreshToken: string }> {
    const passwordHash = await this.hasher.hash(password);
    try {
      return await this.transactions.run(async (tx) => {
        const user = await this.users.insert(tx, { email, name: name ?? null, passwordHash });
        await this.owners.register(tx, user.id);
        return { user, refreshToken: await this.refreshTokens.start(tx, user.id) };
      });
    } catch (error) {
      if (isUniqueViolation(error, EMAIL_TAKEN))
        throw new ConflictError('email_taken', 'There is already a user with this e-mail address');
      throw error;
    }
  }
}
