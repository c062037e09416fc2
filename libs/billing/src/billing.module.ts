import { type DynamicModule, Global, Module } from '@nestjs/common';
import { BillingOwnerModule } from './billing-owner/billing-owner.module.js';
import { BILLING_OPTIONS, type BillingOptions } from './billing.options.js';
import { CheckoutModule } from './checkout/checkout.module.js';
import { PriceMapSeed } from './plan-detection/price-map-seed.service.js';
import { ProviderRegistry } from './providers/provider-registry.js';
import { SeatsModule } from './seats/seats.module.js';
import { SubscriptionSyncModule } from './subscription-sync/subscription-sync.module.js';
import { TenantsModule } from './tenants/tenants.module.js';

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
        { provide: ProviderRegistry, useValue: new ProviderRegistry(options.providers, options.selling) },
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
    const rooms = [BillingOwnerModule, SeatsModule, SubscriptionSyncModule, CheckoutModule, TenantsModule];
    return {
      module: BillingModule,
      imports: [ProvidersModule.forRoot(options), ...rooms],
      providers: [PriceMapSeed],
      exports: rooms,
    };
  }
}
