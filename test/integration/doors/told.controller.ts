import { Body, Controller, Get, Injectable, Post } from '@nestjs/common';
import {
  type Allowed,
  BilledTo,
  type CapacityClaim,
  Claim,
  Consumes,
  CurrentDecision,
  DoorPass,
  type OwnedAccess,
  RequiresFeature,
  WithinCapacity,
  WithinCeiling,
} from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';

/** Handlers that answer with the decision by which they were entered. */
@BilledTo({ by: 'caller' })
@Controller('told')
export class ToldController {
  constructor(private readonly transactions: TransactionRunner) {}

  @Get('flag')
  @RequiresFeature('paid')
  flag(@CurrentDecision() decision: Allowed): Allowed {
    return decision;
  }

  @Get('rated')
  @RequiresFeature('paced')
  rated(@CurrentDecision('paced') decision: Allowed): Allowed {
    return decision;
  }

  @Post('runs')
  @Consumes('runs', { quantity: ({ units = 1 }: { units?: number }) => units })
  runs(@Body() _form: { units?: number }, @CurrentDecision() decision: Allowed): Allowed {
    return decision;
  }

  @Post('several')
  @Consumes(['runs', 'reviews'])
  @RequiresFeature('paid')
  several(
    @CurrentDecision('runs') runs: Allowed,
    @CurrentDecision('paid') paid: Allowed,
    @CurrentDecision('reviews') reviews: Allowed,
  ): readonly Allowed[] {
    return [runs, paid, reviews];
  }

  @Post('things')
  @WithinCapacity('things')
  async things(
    @Claim() claim: CapacityClaim,
    @CurrentDecision('things') decision: Allowed,
  ): Promise<Allowed> {
    await this.transactions.run((tx) => claim.take(tx));
    return decision;
  }

  @Post('size')
  @WithinCeiling('size', ({ nodes }: { nodes: number }) => nodes)
  size(@Body() _form: { nodes: number }, @CurrentDecision() decision: Allowed): Allowed {
    return decision;
  }

  @Get('bare')
  bare(@CurrentDecision() decision: Allowed): Allowed {
    return decision;
  }

  @Get('other')
  @RequiresFeature('paid')
  other(@CurrentDecision('runs') decision: Allowed): Allowed {
    return decision;
  }
}

/** The same before a method. */
@BilledTo({ by: 'access' })
@Injectable()
export class ToldService {
  @RequiresFeature('paid')
  @Consumes('runs')
  async run(_access: OwnedAccess, pass?: DoorPass): Promise<readonly (Allowed | undefined)[]> {
    return [pass?.decision(), pass?.decision('paid')];
  }

  @RequiresFeature('paid')
  async other(_access: OwnedAccess, pass?: DoorPass): Promise<Allowed | undefined> {
    return pass?.decision('runs');
  }
}
