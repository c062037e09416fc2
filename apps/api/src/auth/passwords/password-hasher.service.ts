import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';

/** argon2id (the library's default algorithm); memory in KiB. Production: about 50 ms on one core. */
const COST = {
  production: { memoryCost: 19_456, timeCost: 3, parallelism: 1 },
  test: { memoryCost: 1_024, timeCost: 1, parallelism: 1 },
} as const;

/** Hashes passwords and compares them, in the same time whether or not the account exists. */
@Injectable()
export class PasswordHasher {
  private readonly cost: (typeof COST)[keyof typeof COST];
  private decoy: Promise<string> | null = null;

  constructor(@Inject(AUTH_OPTIONS) { passwordCost = 'production' }: AuthOptions) {
    this.cost = COST[passwordCost];
  }

  /** The hash to store; holds its own salt and parameters. */
  hash(password: string): Promise<string> {
    return hash(normalised(password), this.cost);
  }

  /** Whether the password is the one behind `stored`; with null (no such account) always false, after as long. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const matches = await verify(stored ?? (await this.decoyHash()), normalised(password));
    return matches && stored !== null;
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash('the password of nobody');
    return this.decoy;
  }
}

/** Keyboards spell the same character differently; the person typed the same password. */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
