import { ConfigurableModuleBuilder, type DynamicModule, Global, Module } from '@nestjs/common';
import { UsageBatches } from './batches/usage-batches.service.js';
import { CapacityCensuses } from './capacity/capacity-census.js';
import { CapacityCounters } from './capacity/capacity-counters.service.js';
import { CapacityRecount } from './capacity/capacity-recount.service.js';
import { UsageMeter } from './counters/usage-meter.service.js';
import { ExpiredReservations } from './grants/expired-reservations.service.js';
import { OverageLedger } from './overage/overage-ledger.service.js';
import { UsageClosing } from './records/usage-closing.service.js';
import { UsageHistory } from './records/usage-history.service.js';
import { UsageRetention } from './records/usage-retention.service.js';
import { StandingCounts } from './standings/standing-counts.service.js';
import { Thresholds } from './thresholds/thresholds.service.js';
import { UsageJobs } from './usage.jobs.js';
import { USAGE_OPTIONS, type UsageOptions } from './usage.options.js';

const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } = new ConfigurableModuleBuilder<
  Partial<UsageOptions>
>({ optionsInjectionToken: USAGE_OPTIONS })
  .setClassMethodName('forRoot')
  .build();

/** Holds the options apart: an application has one meter, however many of its modules import {@link UsageModule}. */
@Global()
@Module({ exports: [USAGE_OPTIONS] })
class UsageSettings extends ConfigurableModuleClass {}

const OPEN = [
  CapacityCensuses,
  CapacityCounters,
  CapacityRecount,
  OverageLedger,
  StandingCounts,
  Thresholds,
  UsageClosing,
  UsageHistory,
  UsageMeter,
];

/**
 * Counts: things that exist, and units in windows. Imported as it is, it keeps everything for the default spans; the
 * spans are said once, in the application's own module.
 *
 * @example UsageModule.forRoot({ hourlyDays: 100 })
 */
@Module({
  providers: [...OPEN, ExpiredReservations, UsageBatches, UsageJobs, UsageRetention],
  exports: OPEN,
})
export class UsageModule {
  /** How long what is kept; what is left out keeps its default. */
  static forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    return besideTheMeter(UsageSettings.forRoot(options));
  }

  /** The same, said by a factory or class of the application's. */
  static forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return besideTheMeter(UsageSettings.forRootAsync(options));
  }
}

function besideTheMeter(settings: DynamicModule): DynamicModule {
  return { ...settings, imports: [...(settings.imports ?? []), UsageModule], exports: [UsageModule] };
}
