import type { MembershipRole, MembershipState } from '../organizations/membership.js';

/** Roles that take a seat: viewers and billing-role members do not. */
export const BILLABLE_ROLES: ReadonlySet<MembershipRole> = new Set<MembershipRole>([
  'owner',
  'admin',
  'member',
]);

/** Whether a membership takes a seat: it works with the product, and it is active. */
export function isBillable(membership: {
  readonly role: MembershipRole;
  readonly state: MembershipState;
}): boolean {
  return membership.state === 'active' && BILLABLE_ROLES.has(membership.role);
}
