import { Injectable } from '@nestjs/common';
import { type BillingOwnership, BillingOwnerResolver, type BillingPlace } from '@tollgate/entitlements';
import type { Principal, Transaction } from '@tollgate/kernel';
import { Organizations } from '../organizations/organizations.service.js';
import { BillingOwners } from './billing-owners.service.js';

/**
 * Who pays, for every kind of caller (domain rule "who pays"): a user in the personal space pays, in an
 * organization its billing owner does; an API key stands for its user or organization, even when the person who
 * made it has left; the system acts for whatever the resource belongs to. Anything else is nobody.
 */
@Injectable()
export class TenantBillingOwnerResolver extends BillingOwnerResolver {
  constructor(
    private readonly owners: BillingOwners,
    private readonly organizations: Organizations,
  ) {
    super();
  }

  override async resolve(
    principal: Principal,
    named: BillingPlace,
    reader: Transaction,
  ): Promise<BillingOwnership | null> {
    const place = inOneSpelling(named);
    switch (principal.kind) {
      case 'user':
        return this.forUser(principal.userId, place, reader);
      case 'api_key':
        return this.forKey(principal, place, reader);
      case 'system':
        return place.kind === 'resource' ? this.ofResource(place, reader) : null;
      case 'service_key':
      case 'staff':
        return null;
    }
  }

  private async forUser(
    userId: string,
    place: BillingPlace,
    reader: Transaction,
  ): Promise<BillingOwnership | null> {
    const organizationId = place.kind === 'caller' ? null : place.organizationId;
    if (organizationId !== null) {
      const member = await this.organizations.roleOf(organizationId, userId, reader);
      return member === null ? null : this.ofOrganization(organizationId, reader);
    }
    // A personal resource is only there for the user whose it is.
    if (place.kind === 'resource' && place.userId !== userId) return null;
    return this.ofUser(userId, reader);
  }

  private async forKey(
    key: Extract<Principal, { kind: 'api_key' }>,
    place: BillingPlace,
    reader: Transaction,
  ): Promise<BillingOwnership | null> {
    if (key.organizationId !== null) {
      const elsewhere = place.kind !== 'caller' && place.organizationId !== key.organizationId;
      return elsewhere ? null : this.ofOrganization(key.organizationId, reader);
    }
    if (key.userId === null || (place.kind !== 'caller' && place.organizationId !== null)) return null;
    if (place.kind === 'resource' && place.userId !== key.userId) return null;
    return this.ofUser(key.userId, reader);
  }

  private async ofResource(
    place: Extract<BillingPlace, { kind: 'resource' }>,
    reader: Transaction,
  ): Promise<BillingOwnership | null> {
    return place.organizationId === null
      ? this.ofUser(place.userId, reader)
      : this.ofOrganization(place.organizationId, reader);
  }

  private async ofUser(userId: string, reader: Transaction): Promise<BillingOwnership | null> {
    const ownerId = await this.owners.idOfUser(reader, userId);
    return ownerId === null ? null : { ownerId, organizationId: null };
  }

  private async ofOrganization(
    organizationId: string,
    reader: Transaction,
  ): Promise<BillingOwnership | null> {
    const ownerId = await this.organizations.billingOwnerOf(organizationId, reader);
    return ownerId === null ? null : { ownerId, organizationId };
  }
}

/**
 * Postgres reads a UUID in any spelling, but counters are named by its text: two spellings of one organization
 * would have two counts.
 */
function inOneSpelling(place: BillingPlace): BillingPlace {
  return place.kind === 'caller' || place.organizationId === null
    ? place
    : { ...place, organizationId: place.organizationId.toLowerCase() };
}
