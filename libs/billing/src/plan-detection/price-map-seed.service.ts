import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import { Quarantine } from '../subscription-sync/quarantine.service.js';
import { PriceMap } from './price-map.store.js';

/** Takes the prices that the environment names into the price map when the application starts. */
@Injectable()
export class PriceMapSeed implements OnModuleInit {
  constructor(
    private readonly priceMap: PriceMap,
    private readonly quarantine: Quarantine,
    private readonly transactions: TransactionRunner,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.transactions.run(async (tx) => {
      const grown = await this.priceMap.seed(tx, this.options.prices);
      for (const provider of grown) await this.quarantine.release(tx, provider, 'unknown_price');
    });
  }
}
