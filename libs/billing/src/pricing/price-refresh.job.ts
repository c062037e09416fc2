import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { errorLine, JobRegistry } from '@tollgate/kernel';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { FRESH_MS, PriceLists } from './price-lists.service.js';

/** Fetches prices before they stop being fresh, so that no page waits for a provider. */
@Injectable()
export class PriceRefreshJob implements OnModuleInit {
  private readonly logger = new Logger(PriceRefreshJob.name);

  constructor(
    private readonly jobs: JobRegistry,
    private readonly providers: ProviderRegistry,
    private readonly prices: PriceLists,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: 'prices.refresh', everyMs: FRESH_MS / 2, run: () => this.run() });
  }

  private async run(): Promise<number> {
    const { selling } = this.providers;
    if (selling === null) return 0;
    try {
      return (await this.prices.refresh(selling)).prices.length;
    } catch (error) {
      // The last good prices are shown meanwhile; the next run is near.
      this.logger.warn(`cannot get the prices of ${selling}: ${errorLine(error)}`);
      return 0;
    }
  }
}
