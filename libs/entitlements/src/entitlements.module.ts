import { ConfigurableModuleBuilder, Global, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Clock, Freshness, IdGenerator, Notifications } from '@tollgate/kernel';
import { UsageModule } from '@tollgate/usage';
import { AccessContexts } from './access/access-contexts.service.js';
import { BillingOwnerResolver } from './access/billing-owner-resolver.js';
import { Callers } from './access/callers.service.js';
import { Assignments } from './assignments/assignments.service.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { Catalogs } from './catalog/catalogs.service.js';
import { DecisionMaker } from './decisions/decision-maker.service.js';
import { Engine } from './decisions/engine.js';
import { LimitedDecisions } from './decisions/limited-decisions.service.js';
import { Standings } from './decisions/standings.service.js';
import { BootCheck } from './doors/boot-check.service.js';
import { DoorServices } from './doors/door-services.service.js';
import { UnknownFeatures } from './doors/unknown-features.service.js';
import { ENTITLEMENTS_OPTIONS, type EntitlementsOptions, memoryLimits } from './entitlements.options.js';
import { EntitlementsService } from './entitlements.service.js';
import { CapacityGate } from './gates/capacity-gate.service.js';
import { CapacityReturns } from './gates/capacity-returns.service.js';
import { CeilingGate } from './gates/ceiling-gate.service.js';
import { Checks } from './gates/checks.service.js';
import { Consumption } from './gates/consumption.service.js';
import { DecisionLog } from './gates/decision-log.service.js';
import { Denials } from './gates/denials.service.js';
import { FeatureGate } from './gates/feature-gate.service.js';
import { MeterGate } from './gates/meter-gate.service.js';
import { RateGate } from './gates/rate-gate.service.js';
import { AccountReadings } from './memory/account-readings.js';
import { Accounts } from './memory/accounts.service.js';
import { composeEngine } from './memory/compose-engine.js';
import { PostgresOwnerFacts } from './memory/owner-facts.reader.js';
import { Overrides } from './overrides/overrides.service.js';
import { createRateStore } from './rates/create-rate-store.js';
import { RateStore } from './rates/rate-store.js';

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<EntitlementsOptions>({
  optionsInjectionToken: ENTITLEMENTS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .build();

/** What the guards of decorators ask, from whichever module their controller stands in. */
const GATES = [
  Denials,
  DecisionLog,
  FeatureGate,
  RateGate,
  CapacityGate,
  CeilingGate,
  MeterGate,
  Checks,
  Consumption,
  CapacityReturns,
  DoorServices,
];

/** Where rates are counted; Nest ends its connection with the application. */
const RATES = {
  provide: RateStore,
  inject: [DataSource, ENTITLEMENTS_OPTIONS],
  useFactory: (dataSource: DataSource, { redisUrl }: EntitlementsOptions) =>
    createRateStore(dataSource, redisUrl ?? null),
};

/** The engine with the memory it decides from; they know nothing of Nest. */
const COMPOSED = Symbol('tollgate:engine-and-memory');

const ENGINE: Provider[] = [
  {
    provide: COMPOSED,
    inject: [Clock, Freshness, IdGenerator, Catalogs, ENTITLEMENTS_OPTIONS],
    useFactory: (
      clock: Clock,
      freshness: Freshness,
      ids: IdGenerator,
      catalogs: Catalogs,
      options: EntitlementsOptions,
    ) =>
      composeEngine(
        { clock, freshness, catalogs, upgradeUrl: options.upgradeUrl },
        { ...memoryLimits(options), random: () => ids.random() },
      ),
  },
  {
    provide: Engine,
    inject: [COMPOSED],
    useFactory: ({ engine }: ReturnType<typeof composeEngine>) => engine,
  },
  {
    provide: Accounts,
    inject: [COMPOSED, BillingOwnerResolver, PostgresOwnerFacts, Catalogs, Freshness, Notifications],
    useFactory: (
      { memory }: ReturnType<typeof composeEngine>,
      resolver: BillingOwnerResolver,
      facts: PostgresOwnerFacts,
      catalogs: Catalogs,
      freshness: Freshness,
      notifications: Notifications,
    ) =>
      new Accounts(memory, new AccountReadings(memory, resolver, facts, catalogs), freshness, notifications),
  },
];

/**
 * Decides. Global, so that guards find their gate from any controller's module. Needs a binding of
 * `BillingOwnerResolver`, also from a global module: unbound, Nest refuses to boot and names it.
 *
 * @example EntitlementsModule.forRoot({ upgradeUrl: '/pricing', compatDenialBody: false })
 */
@Global()
@Module({
  imports: [DiscoveryModule, UsageModule, CatalogModule],
  providers: [
    Assignments,
    PostgresOwnerFacts,
    ...ENGINE,
    Callers,
    DecisionMaker,
    Standings,
    LimitedDecisions,
    Overrides,
    EntitlementsService,
    AccessContexts,
    ...GATES,
    RATES,
    BootCheck,
    UnknownFeatures,
  ],
  exports: [
    CatalogModule,
    Assignments,
    Overrides,
    EntitlementsService,
    AccessContexts,
    Callers,
    ...GATES,
    RateStore,
    UsageModule,
  ],
})
export class EntitlementsModule extends ConfigurableModuleClass {}
