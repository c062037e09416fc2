import { ConfigurableModuleBuilder, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { UsageModule } from '@tollgate/usage';
import { AccessContexts } from './access/access-contexts.service.js';
import { BootCheck } from './access/boot-check.service.js';
import { CapacityGate } from './access/capacity-gate.service.js';
import { CapacityReturns } from './access/capacity-returns.service.js';
import { Denials } from './access/denials.service.js';
import { FeatureGate } from './access/feature-gate.service.js';
import { RateGate } from './access/rate-gate.service.js';
import { Assignments } from './assignments/assignments.service.js';
import { CatalogStore } from './catalog/catalog.store.js';
import { Catalogs } from './catalog/catalogs.service.js';
import { DecisionMaker } from './decisions/decision-maker.service.js';
import { OwnerFactsStore } from './decisions/owner-facts.store.js';
import { ENTITLEMENTS_OPTIONS, type EntitlementsOptions } from './entitlements.options.js';
import { EntitlementsService } from './entitlements.service.js';
import { Overrides } from './overrides/overrides.service.js';
import { createRateStore } from './rates/create-rate-store.js';
import { RateStore } from './rates/rate-store.js';

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<EntitlementsOptions>({
  optionsInjectionToken: ENTITLEMENTS_OPTIONS,
})
  .setClassMethodName('forRoot')
  .build();

/** What the guards of decorators ask, from whichever module their controller stands in. */
const GATES = [Denials, FeatureGate, RateGate, CapacityGate, CapacityReturns];

/** Where rates are counted; Nest ends its connection with the application. */
const RATES = {
  provide: RateStore,
  inject: [DataSource, ENTITLEMENTS_OPTIONS],
  useFactory: (dataSource: DataSource, { redisUrl }: EntitlementsOptions) =>
    createRateStore(dataSource, redisUrl ?? null),
};

/**
 * Decides. Global, so that guards find their gate from any controller's module. Needs a binding of
 * `BillingOwnerResolver`, also from a global module: unbound, Nest refuses to boot and names it.
 *
 * @example EntitlementsModule.forRoot({ upgradeUrl: '/pricing', compatDenialBody: false })
 */
@Global()
@Module({
  imports: [DiscoveryModule, UsageModule],
  providers: [
    Assignments,
    CatalogStore,
    Catalogs,
    DecisionMaker,
    OwnerFactsStore,
    Overrides,
    EntitlementsService,
    AccessContexts,
    ...GATES,
    RATES,
    BootCheck,
  ],
  exports: [
    Assignments,
    Overrides,
    Catalogs,
    EntitlementsService,
    AccessContexts,
    ...GATES,
    RateStore,
    UsageModule,
  ],
})
export class EntitlementsModule extends ConfigurableModuleClass {}
