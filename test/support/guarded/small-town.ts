import { Injectable } from '@nestjs/common';
import { type BillingOwnership, BillingOwnerResolver, type BillingPlace } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';

const id = (n: number): string => `0190a6b2-7c5e-7000-8000-${String(n).padStart(12, '0')}`;

/** Owner ids: Ada is on the pro plan and pays for the team; Bob is free, and a member of the team. */
export const OWNERS = { ada: id(1), bob: id(2) } as const;

/** Organization ids: the team is Ada's; the club is somebody else's. */
export const ORGANIZATIONS = { team: id(11), second: id(12), club: id(13) } as const;

/** The headers of a person. */
export const as = (name: string): Record<string, string> => ({
  'x-principal': JSON.stringify({ kind: 'user', userId: name } satisfies Principal),
});

/** The headers of a key of the team. */
export const AS_TEAM_KEY: Record<string, string> = {
  'x-principal': JSON.stringify({
    kind: 'api_key',
    keyId: 'key-1',
    userId: null,
    organizationId: ORGANIZATIONS.team,
  } satisfies Principal),
};

const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  [ORGANIZATIONS.team]: ['ada', 'bob'],
  [ORGANIZATIONS.second]: ['ada', 'bob'],
};

/** A town of two people: the binding of the port in tests that compose the libs alone. */
@Injectable()
export class SmallTown extends BillingOwnerResolver {
  /** How often anybody asked who pays. */
  asked = 0;

  override resolve(principal: Principal, place: BillingPlace): Promise<BillingOwnership | null> {
    this.asked += 1;
    return Promise.resolve(ownershipOf(principal, place));
  }
}

function ownershipOf(principal: Principal, place: BillingPlace): BillingOwnership | null {
  if (principal.kind === 'api_key') return { ownerId: OWNERS.ada, organizationId: principal.organizationId };
  if (principal.kind !== 'user') return null;
  const organizationId = place.kind === 'caller' ? null : place.organizationId;
  if (organizationId !== null) {
    const isMember = MEMBERS[organizationId]?.includes(principal.userId) ?? false;
    return isMember ? { ownerId: OWNERS.ada, organizationId } : null;
  }
  if (place.kind === 'resource' && place.userId !== principal.userId) return null;
  const ownerId = new Map<string, string>(Object.entries(OWNERS)).get(principal.userId);
  return ownerId === undefined ? null : { ownerId, organizationId: null };
}
