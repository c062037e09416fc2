import { type Principal, UnavailableError } from '@tollgate/kernel';
import { denialMessage } from '../decisions/denial-message.js';
import type { AccessContext } from './access-context.js';
import { GateMisdeclaredError } from './access.errors.js';

/** Who calls and who pays, behind one of our gates. */
export interface OwnedAccess {
  readonly principal: Principal;
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

const contexts = new WeakMap<object, AccessContext>();

/**
 * The access of a context that has an owner. Only what comes from here is believed when it is handed on to a gated
 * method: an object of the same shape is not.
 *
 * @throws GateMisdeclaredError when nobody was found who pays
 */
export function ownedAccess(context: AccessContext): OwnedAccess {
  const { principal, owner, organizationId, userId } = context;
  if (!principal || !owner) throw new GateMisdeclaredError('There is no access where nobody pays');
  const access = { principal, ownerId: owner.ownerId, organizationId, userId };
  contexts.set(access, context);
  return access;
}

/**
 * The access of a context; null when nobody pays.
 *
 * @throws UnavailableError `unavailable` when it cannot be found out at the moment
 */
export function accessIn(context: AccessContext): OwnedAccess | null {
  if (context.standing === 'unavailable')
    throw new UnavailableError('unavailable', denialMessage('unavailable'));
  return context.owner ? ownedAccess(context) : null;
}

/** The context behind an access that came from {@link ownedAccess}; null for everything else. */
export function contextBehind(access: unknown): AccessContext | null {
  return typeof access === 'object' && access !== null ? (contexts.get(access) ?? null) : null;
}
