import { Test, type TestingModule } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import {
  Clock,
  Freshness,
  IdGenerator,
  KernelModule,
  Leases,
  Notifications,
  TransactionRunner,
  WorkQueue,
} from '@tollgate/kernel';
import { DatabaseModule } from '../../../apps/api/src/database/database.module.js';
import { WORK_WAITING } from '../../../libs/kernel/src/work/work-queue.service.js';

/** One process that stands on the floor alone. */
export interface KernelNode {
  readonly module: TestingModule;
  readonly database: DataSource;
  readonly freshness: Freshness;
  readonly leases: Leases;
  readonly notifications: Notifications;
  readonly queue: WorkQueue;
  readonly transactions: TransactionRunner;
  /** Makes its runners look for due work and jobs now. */
  wake(): void;
  close(): Promise<void>;
}

/** How a node is composed; `prepare` declares handlers and jobs before it starts. */
export interface KernelNodeOptions {
  readonly clock?: Clock;
  readonly ids?: IdGenerator;
  readonly runsWork?: boolean;
  readonly prepare?: (module: TestingModule) => void;
}

/** Starts a node on a database; several on one database are several processes of one installation. */
export async function startKernelNode(url: string, options: KernelNodeOptions = {}): Promise<KernelNode> {
  const { clock, ids, prepare, runsWork = false } = options;
  const builder = Test.createTestingModule({
    imports: [DatabaseModule.forRoot(url), KernelModule.forRoot({ clock: 'system', runsWork })],
  });
  if (clock) builder.overrideProvider(Clock).useValue(clock);
  if (ids) builder.overrideProvider(IdGenerator).useValue(ids);
  const module = await builder.compile();
  module.useLogger(false);
  prepare?.(module);
  await module.init();
  const notifications = module.get(Notifications);
  return {
    module,
    database: module.get(DataSource),
    freshness: module.get(Freshness),
    leases: module.get(Leases),
    notifications,
    queue: module.get(WorkQueue),
    transactions: module.get(TransactionRunner),
    wake: () => notifications.tell(WORK_WAITING),
    close: () => module.close(),
  };
}
