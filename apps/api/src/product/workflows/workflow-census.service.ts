import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BillingOwners, Organizations } from '@tollgate/billing';
import type { Transaction } from '@tollgate/kernel';
import { CapacityCensuses, type CensusLine } from '@tollgate/usage';
import { WorkflowsStore } from './workflows.store.js';

/** Says how many workflows really exist, so that the daily recount finds and mends what was counted wrongly. */
@Injectable()
export class WorkflowCensus implements OnModuleInit {
  constructor(
    private readonly censuses: CapacityCensuses,
    private readonly workflows: WorkflowsStore,
    private readonly owners: BillingOwners,
    private readonly organizations: Organizations,
  ) {}

  onModuleInit(): void {
    this.censuses.register({
      feature: 'workflows',
      countedBy: 'owner',
      count: (reader, ownerId) => this.count(reader, ownerId),
    });
    this.censuses.register({
      feature: 'workflows_per_organization',
      countedBy: 'organization',
      // Those of a personal space are not counted by organization.
      count: async (reader, ownerId) =>
        (await this.count(reader, ownerId)).filter(({ organizationId }) => organizationId !== null),
    });
  }

  private count(reader: Transaction, ownerId: string | null): Promise<CensusLine[]> {
    return ownerId === null ? this.ofAll(reader) : this.ofOwner(reader, ownerId);
  }

  private async ofOwner(reader: Transaction, ownerId: string): Promise<CensusLine[]> {
    const organizations = await this.organizations.ofOwner(ownerId, reader);
    const spaces = await this.workflows.count(reader, {
      userId: await this.owners.userOf(reader, ownerId),
      organizationIds: organizations.map(({ id }) => id),
    });
    return spaces.map(({ organizationId, things }) => ({ ownerId, organizationId, things }));
  }

  private async ofAll(reader: Transaction): Promise<CensusLine[]> {
    const spaces = await this.workflows.count(reader, null);
    const ofUser = await this.owners.idsOfUsers(reader, namesIn(spaces.map(({ userId }) => userId)));
    const ofOrganization = await this.organizations.billingOwnersOf(
      namesIn(spaces.map(({ organizationId }) => organizationId)),
      reader,
    );
    return spaces.flatMap(({ userId, organizationId, things }) => {
      const ownerId = organizationId === null ? ofUser.get(userId ?? '') : ofOrganization.get(organizationId);
      // Nobody pays for what is left of a deleted account.
      return ownerId === undefined ? [] : [{ ownerId, organizationId, things }];
    });
  }
}

const namesIn = (names: readonly (string | null)[]): string[] =>
  names.flatMap((name) => (name === null ? [] : [name]));
