import { describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { BillingOwnerModule, SeatsModule, SubscriptionSyncModule } from '@tollgate/billing';
import { UsageModule } from '@tollgate/usage';
import { moduleFaults } from './module-faults.js';

@Injectable()
class Counter {}

@Module({ providers: [Counter], exports: [Counter] })
class CounterModule {}

@Module({})
class EmptyModule {}

@Module({ imports: [CounterModule], exports: [CounterModule] })
class ReExportingModule {}

@Module({ imports: [CounterModule], exports: [Counter] })
class BorrowingModule {}

@Module({ providers: [Counter], exports: [Counter] })
class LeftModule {}

@Module({ imports: [LeftModule], providers: [Counter], exports: [Counter] })
class RightModule {}
Reflect.defineMetadata('imports', [RightModule], LeftModule);

describe('the billing owner, subscription sync, seats and usage modules', () => {
  it('are four separate Nest modules with their own exports', () => {
    expect(moduleFaults([BillingOwnerModule, SubscriptionSyncModule, SeatsModule, UsageModule])).toEqual([]);
  });

  it.each([
    ['EmptyModule exports nothing', [CounterModule, EmptyModule]],
    ['ReExportingModule re-exports CounterModule', [CounterModule, ReExportingModule]],
    ['BorrowingModule exports what CounterModule provides', [CounterModule, BorrowingModule]],
    ['LeftModule and RightModule import one another', [LeftModule, RightModule]],
    ['CounterModule stands twice', [CounterModule, CounterModule]],
  ])('would not pass when %s', (fault, modules) => {
    expect(moduleFaults(modules)).toContain(fault);
  });
});
