import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Injectable, Post, type Type } from '@nestjs/common';
import {
  BilledTo,
  BillingOwnerResolver,
  RequiresFeature,
  RequiresOwner,
  ResourceOwnerLookup,
  WithinCapacity,
} from '@tollgate/entitlements';
import { createGuardedApp } from '../../support/guarded/guarded-app.js';
import { SmallTown } from '../../support/guarded/small-town.js';

@Controller('forgetful')
class FlagWithoutRule {
  @Get()
  @RequiresFeature('paid')
  show(): void {}
}

@Controller('forgetful')
class CapacityWithoutRule {
  @Post()
  @WithinCapacity('things')
  create(): void {}
}

@Controller('forgetful')
class OneOfTwoWithoutRule {
  @Get('billed')
  @BilledTo({ by: 'caller' })
  @RequiresOwner()
  billed(): void {}

  @Get('unbilled')
  @RequiresOwner()
  unbilled(): void {}
}

class Inherited extends FlagWithoutRule {}
Controller('heir')(Inherited);

@Injectable()
class NobodyProvides extends ResourceOwnerLookup {
  override find(): Promise<null> {
    return Promise.resolve(null);
  }
}

@Controller('lost')
class LostLookup {
  @Get(':id')
  @BilledTo({ by: 'resource', lookup: NobodyProvides })
  @RequiresOwner()
  show(): void {}
}

@BilledTo({ by: 'caller' })
@Controller('fine')
class Declared {
  @Get()
  @RequiresFeature('paid')
  show(): void {}
}

@Controller('open')
class NotGuarded {
  @Get()
  show(): void {}
}

const resolver = { provide: BillingOwnerResolver, useClass: SmallTown };

describe('an application with a guarded handler', () => {
  it.each<[string, Type]>([
    ['FlagWithoutRule.show is guarded but no @BilledTo declares who pays', FlagWithoutRule],
    ['CapacityWithoutRule.create is guarded but no @BilledTo declares who pays', CapacityWithoutRule],
    ['OneOfTwoWithoutRule.unbilled is guarded but no @BilledTo declares who pays', OneOfTwoWithoutRule],
    ['Inherited.show is guarded but no @BilledTo declares who pays', Inherited],
    ['LostLookup.show is billed by NobodyProvides, which no module provides', LostLookup],
  ])('refuses to boot: %s', async (message, controller) => {
    await expect(
      createGuardedApp({ controllers: [Declared, controller], providers: [resolver] }),
    ).rejects.toMatchObject({ name: 'GateMisdeclaredError', message });
  });

  it('refuses to boot while nothing is bound to who pays', async () => {
    await expect(createGuardedApp({ controllers: [Declared], providers: [] })).rejects.toThrow(
      /BillingOwnerResolver/,
    );
  });

  it('boots when every guarded handler says who pays', async () => {
    const test = await createGuardedApp({ controllers: [Declared, NotGuarded], providers: [resolver] });
    (await test.anonymous.get('/open')).expect(200);
    await test.close();
  });
});
