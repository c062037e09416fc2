import type { BillingOwners, Organizations } from '@tollgate/billing';
import type { OwnedAccess } from '@tollgate/entitlements';
import { DomainError } from '@tollgate/kernel';
import type { Transaction } from '@tollgate/kernel';
import { requireUser } from '../auth/principal/require-user.js';

/**
 * The owner id of a request whose caller is the billing owner in person: buying and the portal are theirs alone.
 *
 * @throws DomainError forbidden `billing_owner_only`, or `user_required` for keys
 */
export async function requireBillingOwner(
  access: OwnedAccess,
  owners: BillingOwners,
  reader: Transaction,
): Promise<string> {
  const userId = requireUser(access.principal);
  if ((await owners.idOfUser(reader, userId)) !== access.ownerId) {
    throw new DomainError('forbidden', 'billing_owner_only', 'Only the billing owner can do this');
  }
  return access.ownerId;
}

/**
 * The owner id of a request whose caller is the billing owner, or a member with the role `billing` in the organization
 * that the request names: what one sees and pays at the provider is for both.
 *
 * @throws DomainError forbidden `billing_owner_only`, or `user_required` for keys
 */
export async function requireBillingRole(
  access: OwnedAccess,
  owners: BillingOwners,
  organizations: Organizations,
  reader: Transaction,
): Promise<string> {
  const userId = requireUser(access.principal);
  const { organizationId, ownerId } = access;
  const role = organizationId && (await organizations.roleOf(organizationId, userId, reader));
  return role === 'billing' ? ownerId : requireBillingOwner(access, owners, reader);
}
