import type { Principal, Transaction } from '@tollgate/kernel';

/** Where something happens, as far as it decides who pays. */
export type BillingPlace =
  /** Nothing in the request names an organization: the key's own, else personal. */
  | { readonly kind: 'caller' }
  /** The request names an organization. */
  | { readonly kind: 'organization'; readonly organizationId: string }
  /** A resource that stands in an organization, or in the personal space of the user who made it. */
  | { readonly kind: 'resource'; readonly organizationId: string | null; readonly userId: string };

/** Who pays, and in which organization (null: in a personal space). */
export interface BillingOwnership {
  readonly ownerId: string;
  readonly organizationId: string | null;
}

/**
 * Finds who pays. Declared here and implemented by billing, which alone knows owners and organizations.
 * Null whenever nobody can be found for certain: unknown organization, not a member, no owner. An absent
 * organization and one that is somebody else's cannot be told apart by the answer.
 */
export abstract class BillingOwnerResolver {
  /** Resolves one context; never falls back to "the caller pays". */
  abstract resolve(
    principal: Principal,
    place: BillingPlace,
    reader: Transaction,
  ): Promise<BillingOwnership | null>;
}
