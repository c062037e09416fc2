import { Controller, Delete, Get, Param, Post } from '@nestjs/common';
import {
  BilledTo,
  type CapacityClaim,
  CapacityReturns,
  Claim,
  CurrentAccess,
  type OwnedAccess,
  RequiresFeature,
  RequiresOwner,
  WithinCapacity,
} from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { ThingOwnership, ThingsStore } from './things.store.js';

/** Every decorator once, on routes without any adapter in them. */
@BilledTo({ by: 'caller' })
@Controller()
export class ThingsController {
  constructor(
    private readonly things: ThingsStore,
    private readonly transactions: TransactionRunner,
    private readonly capacity: CapacityReturns,
  ) {}

  @Get('paid')
  @RequiresFeature('paid')
  paid(@CurrentAccess() access: OwnedAccess): OwnedAccess {
    return access;
  }

  @Get('off')
  @RequiresFeature('off')
  off(): string {
    return 'never';
  }

  @Get('soon')
  @RequiresFeature('soon')
  soon(): string {
    return 'never';
  }

  @Get('misspelt')
  @RequiresFeature('misspelt')
  misspelt(): string {
    return 'never';
  }

  @Get('organizations/:organizationId/paid')
  @BilledTo({ by: 'organization', parameter: 'organizationId' })
  @RequiresFeature('paid')
  paidInOrganization(@CurrentAccess() access: OwnedAccess): OwnedAccess {
    return access;
  }

  @Post('things')
  @WithinCapacity('things', 'things_per_organization')
  async create(
    @CurrentAccess() { userId, organizationId }: OwnedAccess,
    @Claim() claim: CapacityClaim,
  ): Promise<object> {
    return this.transactions.run(async (tx) => {
      await claim.take(tx);
      return { id: await this.things.insert(tx, userId, organizationId) };
    });
  }

  @Get('things/:id')
  @BilledTo({ by: 'resource', lookup: ThingOwnership })
  @RequiresOwner()
  show(@Param('id') id: string, @CurrentAccess() access: OwnedAccess): object {
    return { id, ownerId: access.ownerId };
  }

  @Delete('things/:id')
  @BilledTo({ by: 'resource', lookup: ThingOwnership })
  @RequiresOwner()
  async remove(@Param('id') id: string, @CurrentAccess() access: OwnedAccess): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.things.delete(tx, id);
      await this.capacity.giveBack(tx, access, 'things', 'things_per_organization');
    });
  }
}
