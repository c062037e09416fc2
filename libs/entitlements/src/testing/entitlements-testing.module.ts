import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Clock, IdGenerator, SystemClock, TransactionRunner, UuidV7Generator } from '@tollgate/kernel';
import { CapacityCounters, UsageMeter } from '@tollgate/usage';
import { AccessContexts } from '../access/access-contexts.service.js';
import { Callers } from '../access/callers.service.js';
import { Catalogs } from '../catalog/catalogs.service.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import { LimitedDecisions } from '../decisions/limited-decisions.service.js';
import type { Standings } from '../decisions/standings.service.js';
import { BootCheck } from '../doors/boot-check.service.js';
import { DoorServices } from '../doors/door-services.service.js';
import { ENTITLEMENTS_OPTIONS } from '../entitlements.options.js';
import { EntitlementsService } from '../entitlements.service.js';
import { CapacityGate } from '../gates/capacity-gate.service.js';
import { CapacityReturns } from '../gates/capacity-returns.service.js';
import { CeilingGate } from '../gates/ceiling-gate.service.js';
import { Consumption } from '../gates/consumption.service.js';
import { DecisionLog } from '../gates/decision-log.service.js';
import type { DenialBodyOptions } from '../gates/denial-body.js';
import { Denials } from '../gates/denials.service.js';
import { FeatureGate } from '../gates/feature-gate.service.js';
import { MeterGate } from '../gates/meter-gate.service.js';
import { RateGate } from '../gates/rate-gate.service.js';
import { MemoryRateStore } from '../rates/memory-rate-store.js';
import { RateStore } from '../rates/rate-store.js';
import { createTestEntitlements, type Innards, innardsOf, TEST_DENIALS } from './create-test-entitlements.js';
import {
  DEFAULT_CALLERS,
  TEST_CALLERS,
  testCallers,
  type TestCallers,
  TestPrincipalGuard,
} from './test-callers.js';
import { testCounters } from './test-counters.js';
import { testDecisionMaker } from './test-decision-maker.js';
import type { TestEntitlements } from './test-entitlements.js';
import type { TestOverrides } from './test-override.js';
import { testStandings } from './test-standings.js';
import { testTransactions } from './test-transactions.js';

/** Who calls, who pays and how denials are worded, where the defaults do not do. */
export type EntitlementsTestingOptions = Partial<TestCallers & DenialBodyOptions>;

/** The real thing: what the guards of decorators ask. */
const GATES = [
  Denials,
  DecisionLog,
  AccessContexts,
  FeatureGate,
  RateGate,
  MeterGate,
  Consumption,
  CapacityReturns,
  DoorServices,
];

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
    const callers = { ...DEFAULT_CALLERS, ...options };
    const fakes = fakesOf(entitlements, callers);
    return {
      module: EntitlementsTestingModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        ...fakes,
        ...GATES,
        BootCheck,
        { provide: TEST_CALLERS, useValue: callers },
        { provide: ENTITLEMENTS_OPTIONS, useValue: { ...TEST_DENIALS, ...options } },
        { provide: APP_GUARD, useClass: TestPrincipalGuard },
      ],
      exports: [...GATES, CapacityGate, CeilingGate, ...fakes],
    };
  }
}

/** All that would ask a database or a clock. */
function fakesOf(entitlements: TestOverrides | TestEntitlements, callers: TestCallers): Provider[] {
  const { fake, innards } = withInnards(entitlements);
  const { features, meter, note } = innards;
  const catalog = { features: { get: (key: string) => features.feature(key, 'capacity') } };
  return [
    { provide: EntitlementsService, useValue: fake },
    { provide: Callers, useValue: testCallers(callers) },
    { provide: DecisionMaker, useValue: testDecisionMaker(features, note) },
    {
      provide: CapacityGate,
      inject: [CapacityCounters, Denials, DecisionLog],
      useFactory: (counters: CapacityCounters, denials: Denials, log: DecisionLog) =>
        new CapacityGate(...deciding(innards, 'capacity'), counters, denials, log),
    },
    {
      provide: CeilingGate,
      inject: [DecisionLog],
      useFactory: (log: DecisionLog) => new CeilingGate(...deciding(innards, 'ceiling'), log),
    },
    { provide: CapacityCounters, useValue: testCounters(features) },
    { provide: UsageMeter, useValue: meter },
    { provide: TransactionRunner, useValue: testTransactions() },
    { provide: Catalogs, useValue: { current: () => catalog } },
    { provide: RateStore, useClass: MemoryRateStore },
    { provide: Clock, useClass: SystemClock },
    { provide: IdGenerator, useClass: UuidV7Generator },
  ];
}

/** What a gate asks that knows which kind of feature it stands before. */
function deciding(
  { features, note }: Innards,
  kind: 'capacity' | 'ceiling',
): [DecisionMaker, LimitedDecisions] {
  const decisions = testDecisionMaker(features, note, kind) as DecisionMaker;
  return [decisions, new LimitedDecisions(decisions, testStandings(features) as Standings)];
}

/** A fake of ours is used as it is; anything else is overrides for a new one. */
function withInnards(entitlements: TestOverrides | TestEntitlements): { fake: object; innards: Innards } {
  const innards = innardsOf(entitlements);
  if (innards) return { fake: entitlements, innards };
  return withInnards(createTestEntitlements(entitlements as TestOverrides));
}
