import type { OwnerFacts } from '../decisions/owner-facts.js';

/** By what an account is looked up. */
export type BillingSubject =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'organization'; readonly organizationId: string }
  | { readonly kind: 'owner'; readonly ownerId: string };

/** Who pays for a user's personal space or for an organization. */
export interface BillingAccount {
  readonly ownerId: string;
  /** When the owner was created: billing periods are counted from it until something was paid. */
  readonly since: Date;
  /** Null for a personal space. */
  readonly organizationId: string | null;
  /** User ids of those who may act in the organization; empty for a personal space. */
  readonly memberIds: readonly string[];
}

/** An account together with what its owner holds. */
export interface KnownAccount {
  readonly account: BillingAccount;
  readonly facts: OwnerFacts;
}

/** Reads what owners hold; handed to the resolver so that accounts and facts come in one round trip. */
export abstract class OwnerFactsReader {
  /**
   * Joins a query of the resolver's with the facts of its owners, as one statement. The query selects, for each
   * subject that somebody pays for: `subject integer` (its place, from 0), `owner_id uuid`, `since timestamptz`,
   * `organization_id uuid`, `member_ids text[]`. Parameters are `$1`, `$2` … of the query; the answer is in the order of
   * the subjects, null where the query gave no row.
   */
  abstract joined(
    query: string,
    parameters: readonly unknown[],
    subjects: number,
  ): Promise<(KnownAccount | null)[]>;

  /** The facts of accounts that the resolver knows without a query of its own. */
  abstract of(accounts: readonly (BillingAccount | null)[]): Promise<(KnownAccount | null)[]>;
}

/**
 * Finds who pays. Declared here and implemented by billing, which alone knows owners and organizations. Who may act
 * where is decided from its answer (`access/billing-rules.ts`), not by it.
 */
export abstract class BillingOwnerResolver {
  /** The accounts of subjects, in their order; null where nobody can be found for certain. */
  abstract accounts(
    subjects: readonly BillingSubject[],
    facts: OwnerFactsReader,
  ): Promise<readonly (KnownAccount | null)[]>;
}
