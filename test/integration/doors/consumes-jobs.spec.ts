import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BullModule, getQueueToken, Process, Processor } from '@nestjs/bull';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { Job, JobOptions, Queue } from 'bull';
import { BilledTo, Consumes, RequiresOwner, ResourceOwnerLookup } from '@tollgate/entitlements';
import { findRedisServer, type RedisServer, startRedisServer } from '../rates/redis-server.js';
import { createDoorApp, type DoorApp } from './door-app.js';
import { type Person, personOn } from './door-town.js';
import { Outside } from './outside.js';
import { WorkOwnership } from './works.js';

interface Work {
  readonly userId: string;
  /** How each attempt ends, in order; a job succeeds when there is nothing more to say. */
  readonly endings: readonly ('failed' | 'not found')[];
}

/** Counted work in a queue, which fails as often as its job says. */
@BilledTo({ by: 'resource', lookup: WorkOwnership })
@Processor('counted')
class CountedProcessor {
  constructor(private readonly outside: Outside) {}

  @Consumes('runs')
  @Process('run')
  run({ data, attemptsMade }: Job<Work>): string {
    const ending = data.endings[attemptsMade];
    this.outside.call(ending ?? 'done');
    if (ending === 'failed') throw new Error('the machine broke');
    if (ending === 'not found') throw new NotFoundException();
    return 'done';
  }
}

@Injectable()
class NobodysWork extends ResourceOwnerLookup {
  override find(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** Work that belongs to nobody any more. */
@BilledTo({ by: 'resource', lookup: NobodysWork })
@Processor('counted')
class LostProcessor {
  constructor(private readonly outside: Outside) {}

  @RequiresOwner()
  @Process('lost')
  run(): string {
    return this.outside.call('lost');
  }
}

const program = findRedisServer();

if (program === null) {
  it.todo('NOT RUN: no redis-server on PATH');
} else {
  describe('@Consumes on a job', () => {
    let redis: RedisServer;
    let test: DoorApp;
    let person: Person;
    beforeAll(async () => {
      redis = await startRedisServer(program);
      test = await createDoorApp({
        imports: [BullModule.forRoot({ url: redis.url }), BullModule.registerQueue({ name: 'counted' })],
        providers: [Outside, WorkOwnership, NobodysWork, CountedProcessor, LostProcessor],
      });
    });
    afterAll(async () => {
      await test.close();
      await redis.close();
    });
    beforeEach(async () => {
      test.app.get(Outside).calls.length = 0;
      person = await personOn(test, 'pro');
    });

    const calls = (): readonly string[] => test.app.get(Outside).calls;

    /** Runs a job to its end; the message of the failure that it ended with, else null. */
    async function run(endings: Work['endings'], options: JobOptions = {}): Promise<string | null> {
      const queue = test.app.get<Queue<Work>>(getQueueToken('counted'), { strict: false });
      const job = await queue.add('run', { userId: person.userId, endings }, options);
      return job.finished().then(
        () => null,
        (error: Error) => error.message,
      );
    }

    async function counted(): Promise<number> {
      const [row] = await test.database.query<{ used: number }[]>(
        `select coalesce(sum(used), 0)::int as used from usage_counter where owner_id = $1`,
        [person.ownerId],
      );
      return row?.used ?? -1;
    }

    it('counts one unit however often it is tried, under the grant of its first attempt', async () => {
      expect(await run(['failed', 'failed'], { attempts: 3 })).toBeNull();
      expect([calls(), await counted()]).toEqual([['failed', 'failed', 'done'], 1]);
    });

    it('gives the unit back when the last attempt fails by us', async () => {
      expect(await run(['failed', 'failed'], { attempts: 2 })).toBe('the machine broke');
      expect([calls(), await counted()]).toEqual([['failed', 'failed'], 0]);
    });

    it('keeps the unit of a failure that we did not cause', async () => {
      await run(['not found']);
      expect([calls(), await counted()]).toEqual([['not found'], 1]);
    });

    it('FX-01 FX-07 ends as failed without running once the quota is used up, and is not tried again', async () => {
      for (const _ of Array(5).keys()) expect(await run([])).toBeNull();
      expect(await run([], { attempts: 4 })).toBe('runs: quota_exceeded');
      expect([calls().length, await counted()]).toEqual([5, 5]);
    });

    it('ends as failed, and is not tried again, when nobody pays for it', async () => {
      const queue = test.app.get<Queue>(getQueueToken('counted'), { strict: false });
      const job = await queue.add('lost', {}, { attempts: 4 });
      await expect(job.finished()).rejects.toThrow('owner_unresolved');
      expect([(await queue.getJob(job.id))?.attemptsMade, calls()]).toEqual([1, []]);
    });
  });
}
