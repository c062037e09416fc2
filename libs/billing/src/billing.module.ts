import { type DynamicModule, Global, Module } from '@nestjs/common';
import { BillingOwnerModule } from './billing-owner/billing-owner.module.js';
import { BILLING_OPTIONS, type BillingOptions } from './billing.options.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { PlanChangesModule } from './plan-changes/plan-changes.module.js';
import { PriceMappingsModule } from './plan-detection/price-mappings.module.js';
import { PricingModule } from './pricing/pricing.module.js';
import { CommandWorkModule } from './provider-commands/command-work.module.js';
import { ProviderCommandsModule } from './provider-commands/provider-commands.module.js';
import { ProviderRegistry } from './providers/provider-registry.js';
import { ReconcileModule } from './reconcile/reconcile.module.js';
import { SeatsModule } from './seats/seats.module.js';
import { SubscriptionSyncModule } from './subscription-sync/subscription-sync.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { UsageReportingModule } from './usage-reporting/usage-reporting.module.js';
import { WebhookWatchModule } from './webhook-watch/webhook-watch.module.js';

/** What the rooms of billing share: the options and the configured providers. */
@Global()
@Module({})
export class ProvidersModule {
  /** Used by {@link BillingModule} alone. */
  static forRoot(options: BillingOptions): DynamicModule {
    return {
      module: ProvidersModule,
      providers: [
        { provide: BILLING_OPTIONS, useValue: options },
        {
          provide: ProviderRegistry,
          useValue: new ProviderRegistry(options.providers, options.selling, options.signatureHeaders),
        },
      ],
      exports: [BILLING_OPTIONS, ProviderRegistry],
    };
  }
}

/**
 * Sells. Needs bindings of `UserDirectory` (the host's users) from a global module.
 *
 * @example BillingModule.forRoot({ appUrl, providers: [new PolarProvider({ … })], selling: 'polar', prices })
 */
@Module({})
export class BillingModule {
  static forRoot(options: BillingOptions): DynamicModule {
    const rooms = [
      BillingOwnerModule,
      SeatsModule,
      SubscriptionSyncModule,
      CheckoutModule,
      PlanChangesModule,
      PriceMappingsModule,
      PricingModule,
      ProviderCommandsModule,
      ReconcileModule,
      TenantsModule,
      UsageReportingModule,
      WebhookWatchModule,
    ];
    return {
      module: BillingModule,
      imports: [ProvidersModule.forRoot(options), CommandWorkModule, ...rooms],
      exports: rooms,
    };
  }
}
