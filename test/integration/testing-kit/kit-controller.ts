import { Controller, Delete, Get, Injectable, Post } from '@nestjs/common';
import {
  BilledTo,
  type CapacityClaim,
  CapacityReturns,
  Claim,
  CurrentAccess,
  EntitlementsService,
  type OwnedAccess,
  RequiresFeature,
  RequiresOwner,
  ResourceOwnerLookup,
  type ResourceOwnership,
  WithinCapacity,
} from '@tollgate/entitlements';
import { InvalidRequestError, TransactionRunner } from '@tollgate/kernel';

/** Everything belongs to the team, but what is called `gone`. */
@Injectable()
export class PapersOwnership extends ResourceOwnerLookup {
  override find({ id }: Readonly<Record<string, string>>): Promise<ResourceOwnership | null> {
    return Promise.resolve(id === 'gone' ? null : { organizationId: 'team', userId: 'ada' });
  }
}

/** Every decorator once, as a product would use it. */
@BilledTo({ by: 'caller' })
@Controller()
export class PapersController {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly entitlements: EntitlementsService,
    private readonly capacity: CapacityReturns,
  ) {}

  @Get('export')
  @RequiresFeature('export')
  export(@CurrentAccess() access: OwnedAccess): OwnedAccess {
    return access;
  }

  @Get('asks')
  @RequiresOwner()
  async asks(@CurrentAccess() access: OwnedAccess): Promise<object> {
    return this.entitlements.require(access, 'export');
  }

  @Post('papers')
  @WithinCapacity('papers', 'papers_per_organization')
  async create(@Claim() claim: CapacityClaim): Promise<void> {
    await this.transactions.run((tx) => claim.take(tx));
  }

  @Delete('papers')
  @RequiresOwner()
  async remove(@CurrentAccess() access: OwnedAccess): Promise<void> {
    await this.transactions.run((tx) => this.capacity.giveBack(tx, access, 'papers'));
  }

  @Post('torn')
  @WithinCapacity('papers')
  async torn(@Claim() claim: CapacityClaim): Promise<void> {
    await this.transactions.run(async (tx) => {
      await claim.take(tx);
      throw new InvalidRequestError('torn', 'The paper is torn');
    });
  }

  @Post('forgotten')
  @WithinCapacity('papers')
  forgotten(@Claim() claim: CapacityClaim): object {
    return claim.place;
  }

  /** Called by the test itself. */
  async stored(): Promise<void> {
    await this.transactions.run((tx) => tx.query('select 1'));
  }

  @Get('papers/:id')
  @BilledTo({ by: 'resource', lookup: PapersOwnership })
  @RequiresOwner()
  show(@CurrentAccess() access: OwnedAccess): OwnedAccess {
    return access;
  }
}
