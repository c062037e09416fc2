// The front door, room by room: whatever is not listed here is nobody else's business.

export { KernelModule, type KernelOptions } from './kernel.module.js';

export { AuditLog, type AuditEntry, type AuditRecord } from './audit/audit-log.service.js';

export { Clock, ManualClock, SystemClock } from './clock/clock.js';
export { realNow } from './clock/real-time.js';
export { CLOCK_MOVED, TestClockFollower } from './clock/test-clock-follower.service.js';
export { TestClock } from './clock/test-clock.js';
export { writeTestClock } from './clock/test-clock.store.js';

export { lockInTransaction } from './database/advisory-lock.js';
export { Batcher, type BatcherOptions, type Waiting } from './database/batcher.js';
export { connectionOf } from './database/connection-of.js';
export { Freshness } from './database/freshness.service.js';
export { LeaseLostError } from './database/lease.errors.js';
export { Leases, type Lease } from './database/leases.service.js';
export { MISSED, Notifications, notify } from './database/notifications.service.js';
export { isDatabaseUnavailable, isUniqueViolation } from './database/postgres-errors.js';
export { TransactionRunner } from './database/transaction-runner.js';
export type { Transaction } from './database/transaction.js';

export {
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  UnavailableError,
} from './errors/common.errors.js';
export { DomainError, type ErrorKind } from './errors/domain-error.js';
export { isAway } from './errors/is-away.js';

export { IdGenerator, UuidV7Generator } from './ids/id-generator.js';
export { isUuid } from './ids/is-uuid.js';

export { principalName, type Principal } from './principal/principal.js';
export { attachPrincipal, principalOf } from './principal/request-principal.js';

export { errorLine } from './work/error-line.js';
export { JobRegistry } from './work/job-registry.service.js';
export { JobRuns } from './work/job-runs.repository.js';
export { nextDue, type ScheduledJob } from './work/scheduled-job.js';
export { WorkHandlers } from './work/work-handlers.service.js';
export type { NewWork, WorkHandler, WorkItem } from './work/work-item.js';
export { WorkItems } from './work/work-items.repository.js';
export { WorkQueue } from './work/work-queue.service.js';

export { KernelFloor1764000000000 } from './migrations/1764000000000-kernel-floor.js';
