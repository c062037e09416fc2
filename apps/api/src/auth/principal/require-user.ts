import { DomainError, type Principal } from '@tollgate/kernel';

/**
 * The id of the person who calls; what only a person may do (making keys, paying) is refused to keys.
 *
 * @throws DomainError forbidden `user_required`
 */
export function requireUser(principal: Principal): string {
  if (principal.kind === 'user') return principal.userId;
  throw new DomainError('forbidden', 'user_required', 'Only a signed-in user can do this, not a key');
}
