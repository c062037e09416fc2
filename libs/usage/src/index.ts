export {
  CapacityCounters,
  type CapacityAnswer,
  type CapacityLimit,
} from './capacity/capacity-counters.service.js';
export type { CapacityPlace, CountedBy } from './capacity/capacity-space.js';
export { toWire, UNLIMITED } from './limit.js';
export { UsageCapacity1764000100000 } from './migrations/1764000100000-usage-capacity.js';
export { UsageModule } from './usage.module.js';
