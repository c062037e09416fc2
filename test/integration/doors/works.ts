import { Process, Processor } from '@nestjs/bull';
import { Body, Controller, Injectable, Patch, Post } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import type { Job } from 'bull';
import {
  BilledTo,
  type CapacityClaim,
  Claim,
  CurrentAccess,
  DoorPass,
  type OwnedAccess,
  RequiresFeature,
  ResourceOwnerLookup,
  type ResourceOwnership,
  WithinCapacity,
  WithinCeiling,
} from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { ThingsStore } from '../../support/guarded/things.store.js';
import { Outside } from './outside.js';

/** Whose work it is: the person that the job's data or the first argument names; a schedule works for one of them. */
@Injectable()
export class WorkOwnership extends ResourceOwnerLookup {
  /** For whom the schedule works. */
  static scheduled = '';

  override find({ userId }: Readonly<Record<string, string>>): Promise<ResourceOwnership | null> {
    return Promise.resolve({ organizationId: null, userId: userId ?? WorkOwnership.scheduled });
  }
}

/** The work behind HTTP. */
@BilledTo({ by: 'caller' })
@Controller('works')
export class WorksController {
  constructor(
    private readonly outside: Outside,
    private readonly things: ThingsStore,
    private readonly transactions: TransactionRunner,
  ) {}

  @Post('run')
  @RequiresFeature('paid')
  run(): string {
    return this.outside.call('http');
  }

  @Post('things')
  @WithinCapacity('things')
  create(@CurrentAccess() { userId }: OwnedAccess, @Claim() claim: CapacityClaim): Promise<string> {
    return this.transactions.run(async (tx) => {
      await claim.take(tx);
      await this.things.insert(tx, userId, null);
      return this.outside.call('thing');
    });
  }

  @Patch('size')
  @WithinCeiling('size', (form: { nodes: readonly unknown[] }) => form.nodes.length)
  resize(@Body() form: { nodes: readonly unknown[] }): string {
    return this.outside.call(`size ${form.nodes.length}`);
  }

  @Patch('open')
  @RequiresFeature('paid')
  turnOn(): string {
    return this.outside.call('turned on');
  }
}

/** The same work in a queue. */
@BilledTo({ by: 'resource', lookup: WorkOwnership })
@Processor('works')
export class WorksProcessor {
  constructor(private readonly outside: Outside) {}

  @Process('run')
  @RequiresFeature('paid')
  run(_job: Job<{ userId: string }>): string {
    return this.outside.call('job');
  }
}

/** The same work by the clock. */
@BilledTo({ by: 'resource', lookup: WorkOwnership })
@Injectable()
export class WorksSchedule {
  constructor(private readonly outside: Outside) {}

  @RequiresFeature('paid')
  @Cron('0 0 1 1 *', { name: 'works' })
  run(): string {
    return this.outside.call('cron');
  }
}

/** The same work as a plain method, for whoever hands on who pays. */
@Injectable()
export class WorksService {
  constructor(private readonly outside: Outside) {}

  @BilledTo({ by: 'access' })
  @RequiresFeature('paid')
  async run(_access: OwnedAccess, pass?: DoorPass): Promise<string> {
    return this.outside.call(`method for ${pass?.access.ownerId}`);
  }
}
