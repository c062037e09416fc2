// The front door, room by room: whatever is not listed here is nobody else's business.

export { LARGEST_COUNT, toWire, UNLIMITED } from './limit.js';
export { UsageModule } from './usage.module.js';
export { USAGE_DEFAULTS, type UsageOptions } from './usage.options.js';

export { type CapacityCensus, CapacityCensuses, type CensusLine } from './capacity/capacity-census.js';
export {
  CapacityCounters,
  type CapacityAnswer,
  type CapacityLimit,
} from './capacity/capacity-counters.service.js';
export { type CapacityDrift, CapacityRecount } from './capacity/capacity-recount.service.js';
export type { CapacityPlace, CountedBy } from './capacity/capacity-space.js';

export type {
  ConsumeAnswer,
  ConsumeGrant,
  ConsumeRefusal,
  ConsumeRequest,
  MeterStanding,
  MeterWish,
  ReserveAnswer,
  ReserveRequest,
} from './counters/consume-request.js';
export { UsageMeter } from './counters/usage-meter.service.js';
export type { WindowOfFeature } from './counters/window-of-feature.js';

export type { Settled } from './grants/settlement.js';

export { type Overage, OverageLedger } from './overage/overage-ledger.service.js';

export { UsageClosing } from './records/usage-closing.service.js';
export { UsageHistory, type UsageQuery, type UsageSum } from './records/usage-history.service.js';

export { StandingCounts, type WantedCount } from './standings/standing-counts.service.js';

export { type ReachedThreshold, Thresholds } from './thresholds/thresholds.service.js';

export { windowAt, type BillingAnchor, type UsageWindow, type WindowKind } from './windows/window-at.js';

export { UsageCapacity1764000100000 } from './migrations/1764000100000-usage-capacity.js';
export { UsageCounting1764000110000 } from './migrations/1764000110000-usage-counting.js';
export { UsageHeldTo1764000120000 } from './migrations/1764000120000-usage-held-to.js';
export { UsageRecords1764000130000 } from './migrations/1764000130000-usage-records.js';
export { UsageLeftOut1764000140000 } from './migrations/1764000140000-usage-left-out.js';
export { UsagePruned1764000150000 } from './migrations/1764000150000-usage-pruned.js';
