import type { BillingPlace } from '@tollgate/entitlements';
import { InvalidRequestError, isUuid, type Principal } from '@tollgate/kernel';
import { hasScope, type ServiceKeyScope } from '../auth/keys/service-keys/service-key-scopes.js';
import type { Subject } from './check.schemas.js';

/** How who pays is found for what a check names. */
export type Whom =
  /** By the rules of "who pays", for this principal in this place. */
  | { readonly by: 'place'; readonly principal: Principal; readonly place: BillingPlace }
  /** The owner of an organization, on the asker's own authority: nobody need be a member. */
  | { readonly by: 'organization'; readonly principal: Principal; readonly organizationId: string }
  /** The owner is named by its own id. */
  | { readonly by: 'owner'; readonly principal: Principal; readonly ownerId: string }
  /** The caller's own owner, if that is the one which was named. */
  | {
      readonly by: 'own';
      readonly principal: Principal;
      readonly place: BillingPlace;
      readonly ownerId: string;
    };

/**
 * For whom the caller may ask. Null when that is nobody: what is named is not the caller's own, or (for a service
 * key without the scope) anything at all. Null and an unknown name answer alike, so nothing can be probed.
 *
 * @param scope what a service key must be allowed
 * @param header the organization that the header names, undefined without one
 * @throws InvalidRequestError `organization_mismatch` when header and body, or header and key, disagree
 */
export function whomOf(
  principal: Principal,
  subject: Subject,
  header: string | undefined,
  scope: ServiceKeyScope = 'check:any',
): Whom | null {
  refuseContradiction(principal, subject, header);
  const { user, owner } = subject;
  const organization = subject.organization ?? header;
  switch (principal.kind) {
    case 'service_key':
      return hasScope(principal, scope) ? anybody(principal, { user, organization, owner }) : null;
    case 'staff':
      return anybody(principal, { user, organization, owner });
    case 'user':
    case 'api_key':
      return oneself(principal, { user, organization, owner });
    case 'system':
      return null;
  }
}

/** Asked about a user, the answer is the one that user would get; their membership is looked at as theirs is. */
function anybody(principal: Principal, { user, organization, owner }: Subject): Whom | null {
  if (owner !== undefined)
    return isUuid(owner) ? { by: 'owner', principal, ownerId: owner.toLowerCase() } : null;
  if (user !== undefined)
    return { by: 'place', principal: { kind: 'user', userId: user }, place: placeOf(organization) };
  return organization === undefined ? null : { by: 'organization', principal, organizationId: organization };
}

function oneself(
  principal: Extract<Principal, { kind: 'user' | 'api_key' }>,
  { user, organization, owner }: Subject,
): Whom | null {
  if (user !== undefined && user !== principal.userId) return null;
  if (principal.kind === 'api_key' && isElsewhere(principal, organization)) return null;
  const place = principal.kind === 'api_key' ? placeOf(undefined) : placeOf(organization);
  if (owner === undefined) return { by: 'place', principal, place };
  return { by: 'own', principal, place, ownerId: owner.toLowerCase() };
}

function placeOf(organization: string | undefined): BillingPlace {
  return organization === undefined
    ? { kind: 'caller' }
    : { kind: 'organization', organizationId: organization };
}

function isElsewhere(
  { organizationId }: { organizationId: string | null },
  named: string | undefined,
): boolean {
  return named !== undefined && named.toLowerCase() !== organizationId?.toLowerCase();
}

function refuseContradiction(
  principal: Principal,
  { organization }: Subject,
  header: string | undefined,
): void {
  if (header === undefined) return;
  const contradictsKey = principal.kind === 'api_key' && isElsewhere(principal, header);
  const contradictsBody = organization !== undefined && organization.toLowerCase() !== header.toLowerCase();
  if (contradictsKey || contradictsBody)
    throw new InvalidRequestError(
      'organization_mismatch',
      'The header names another organization than the key or the body',
    );
}
