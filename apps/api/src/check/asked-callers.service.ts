import { Injectable } from '@nestjs/common';
import { type Caller, EntitlementsService } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import type { ServiceKeyScope } from '../auth/keys/service-keys/service-key-scopes.js';
import type { Subject } from './check.schemas.js';
import { whomOf } from './whom.js';

/** Who asks, and the organization that the header names. */
export interface Asker {
  readonly principal: Principal;
  readonly organization: string | undefined;
}

/** Finds who pays for what a check names. */
@Injectable()
export class AskedCallers {
  constructor(private readonly entitlements: EntitlementsService) {}

  /**
   * For whom the decision is to be; null for nobody, or nobody whom the asker may ask about. An owner that is named by
   * its id may still not exist: its decisions are `owner_unresolved`.
   *
   * @throws InvalidRequestError `organization_mismatch`
   * @throws UnavailableError when it cannot be found out at the moment
   */
  async of(
    { principal, organization }: Asker,
    subject: Subject,
    scope: ServiceKeyScope = 'check:any',
  ): Promise<Caller | null> {
    const whom = whomOf(principal, subject, organization, scope);
    if (whom === null) return null;
    switch (whom.by) {
      case 'organization': {
        const { organizationId } = whom;
        return this.entitlements.callerNamed(whom.principal, { kind: 'organization', organizationId });
      }
      case 'owner':
        return { principal: whom.principal, ownerId: whom.ownerId, organizationId: null };
      case 'place':
        return this.entitlements.callerFor(whom.principal, whom.place);
      case 'own': {
        const caller = await this.entitlements.callerFor(whom.principal, whom.place);
        return caller?.ownerId === whom.ownerId ? caller : null;
      }
    }
  }
}
