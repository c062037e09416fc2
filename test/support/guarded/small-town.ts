import { Injectable } from '@nestjs/common';
import {
  type BillingAccount,
  BillingOwnerResolver,
  type BillingSubject,
  type KnownAccount,
  type OwnerFactsReader,
} from '@tollgate/entitlements';
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

  override accounts(
    subjects: readonly BillingSubject[],
    facts: OwnerFactsReader,
  ): Promise<(KnownAccount | null)[]> {
    this.asked += subjects.length;
    return facts.of(subjects.map(accountOf));
  }
}

function accountOf(subject: BillingSubject): BillingAccount | null {
  const since = new Date(0);
  const inPerson = { since, organizationId: null, memberIds: [] };
  switch (subject.kind) {
    case 'user': {
      const ownerId = new Map<string, string>(Object.entries(OWNERS)).get(subject.userId);
      return ownerId === undefined ? null : { ...inPerson, ownerId };
    }
    case 'organization': {
      const { organizationId } = subject;
      const memberIds = MEMBERS[organizationId];
      return memberIds ? { ownerId: OWNERS.ada, since, organizationId, memberIds } : null;
    }
    case 'owner':
      return { ...inPerson, ownerId: subject.ownerId };
  }
}
