import { DomainError, type Principal } from '@tollgate/kernel';

/**
 * The member of staff who calls, for what is written down in their name.
 *
 * @throws DomainError forbidden `staff_required`
 */
export function requireStaff(principal: Principal): Extract<Principal, { kind: 'staff' }> {
  if (principal.kind === 'staff') return principal;
  throw new DomainError('forbidden', 'staff_required', 'Only staff can do this');
}
