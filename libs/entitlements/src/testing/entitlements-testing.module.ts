import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Clock, IdGenerator, SystemClock, TransactionRunner, UuidV7Generator } from '@tollgate/kernel';
import { CapacityCounters } from '@tollgate/usage';
import { AccessContexts } from '../access/access-contexts.service.js';
import { BillingOwnerResolver } from '../access/billing-owner-resolver.js';
import { BootCheck } from '../access/boot-check.service.js';
import { CapacityGate } from '../access/capacity-gate.service.js';
import { CapacityReturns } from '../access/capacity-returns.service.js';
import type { DenialBodyOptions } from '../access/denial-body.js';
import { Denials } from '../access/denials.service.js';
import { FeatureGate } from '../access/feature-gate.service.js';
import { RateGate } from '../access/rate-gate.service.js';
import { Catalogs } from '../catalog/catalogs.service.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import { OwnerFactsStore } from '../decisions/owner-facts.store.js';
import { ENTITLEMENTS_OPTIONS } from '../entitlements.options.js';
import { EntitlementsService } from '../entitlements.service.js';
import { MemoryRateStore } from '../rates/memory-rate-store.js';
import { RateStore } from '../rates/rate-store.js';
import { createTestEntitlements, type Innards, innardsOf, TEST_DENIALS } from './create-test-entitlements.js';
import {
  DEFAULT_CALLERS,
  TEST_CALLERS,
  TestBillingOwnerResolver,
  type TestCallers,
  TestPrincipalGuard,
} from './test-callers.js';
import { testCounters } from './test-counters.js';
import { testDecisionMaker } from './test-decision-maker.js';
import type { TestEntitlements } from './test-entitlements.js';
import type { TestOverrides } from './test-override.js';
import { testTransactions } from './test-transactions.js';

/** Who calls, who pays and how denials are worded, where the defaults do not do. */
export type EntitlementsTestingOptions = Partial<TestCallers & DenialBodyOptions>;

/** The real thing: what the guards of decorators ask. */
const GATES = [Denials, AccessContexts, FeatureGate, RateGate, CapacityGate, CapacityReturns];

/**
 * Takes the place of `KernelModule`, `EntitlementsModule` and the binding of `BillingOwnerResolver` in a test: the
 * decorators' own guards run, what they decide comes from the overrides. No database, no provider, no sign-in:
 * every request is the user `user-1`, for whom the owner `owner-1` pays.
 */
@Module({})
export class EntitlementsTestingModule {
  /**
   * With overrides, or with a fake that the test goes on steering.
   *
   * @example
   * const module = await Test.createTestingModule({
   *   imports: [EntitlementsTestingModule.forRoot({ export: false })],
   *   controllers: [ExportsController],
   * }).compile();
   */
  static forRoot(
    entitlements: TestOverrides | TestEntitlements = {},
    options: EntitlementsTestingOptions = {},
  ): DynamicModule {
    const fakes = fakesOf(entitlements);
    return {
      module: EntitlementsTestingModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        ...fakes,
        ...GATES,
        BootCheck,
        { provide: TEST_CALLERS, useValue: { ...DEFAULT_CALLERS, ...options } },
        { provide: ENTITLEMENTS_OPTIONS, useValue: { ...TEST_DENIALS, ...options } },
        { provide: APP_GUARD, useClass: TestPrincipalGuard },
      ],
      exports: [...GATES, ...fakes],
    };
  }
}

/** All that would ask a database or a clock. */
function fakesOf(entitlements: TestOverrides | TestEntitlements): Provider[] {
  const { fake, innards } = withInnards(entitlements);
  const { features } = innards;
  const catalog = { features: { get: (key: string) => features.feature(key, 'capacity') } };
  return [
    { provide: EntitlementsService, useValue: fake },
    { provide: DecisionMaker, useValue: testDecisionMaker(innards) },
    { provide: CapacityCounters, useValue: testCounters(features) },
    { provide: TransactionRunner, useValue: testTransactions() },
    { provide: Catalogs, useValue: { current: () => catalog } },
    { provide: OwnerFactsStore, useValue: { read: async (ownerId: string) => factsOf(ownerId) } },
    { provide: BillingOwnerResolver, useClass: TestBillingOwnerResolver },
    { provide: RateStore, useClass: MemoryRateStore },
    { provide: Clock, useClass: SystemClock },
    { provide: IdGenerator, useClass: UuidV7Generator },
  ];
}

const factsOf = (ownerId: string) => ({ ownerId, assignments: [], overrides: [] });

/** A fake of ours is used as it is; anything else is overrides for a new one. */
function withInnards(entitlements: TestOverrides | TestEntitlements): { fake: object; innards: Innards } {
  const innards = innardsOf(entitlements);
  if (innards) return { fake: entitlements, innards };
  return withInnards(createTestEntitlements(entitlements as TestOverrides));
}
