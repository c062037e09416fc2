import { Inject, Injectable } from '@nestjs/common';
import { BillingOwners } from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';

/** So many users are remembered as registered; the rest cost one read again. */
const REMEMBERED = 10_000;

/**
 * Users of an identity provider never register here, so they become billing owners, on the free plan, when they
 * are first seen. With tokens of our own there is nothing to do: registration has done it.
 */
@Injectable()
export class FirstSight {
  private readonly seen = new Set<string>();

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly owners: BillingOwners,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /** Whether the user of a verified token is known to have a billing owner. */
  isDone(userId: string): boolean {
    return this.options.jwt.jwksUrl === undefined || this.seen.has(userId);
  }

  /** Makes sure that the user of a verified token has a billing owner. */
  async of(userId: string): Promise<void> {
    if (this.isDone(userId)) return;
    await this.transactions.run((tx) => this.owners.register(tx, userId));
    if (this.seen.size >= REMEMBERED) this.seen.clear();
    this.seen.add(userId);
  }
}
