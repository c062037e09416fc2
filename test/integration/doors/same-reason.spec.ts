import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import type { Job, Queue } from 'bull';
import { AccessDeniedException, EntitlementsService, type OwnedAccess } from '@tollgate/entitlements';
import { ThingsStore } from '../../support/guarded/things.store.js';
import { eventually } from '../../support/poll.js';
import { findRedisServer, type RedisServer, startRedisServer } from '../rates/redis-server.js';
import { createDoorApp, type DoorApp } from './door-app.js';
import { holds, type Person, personOn } from './door-town.js';
import { Outside } from './outside.js';
import { WorkOwnership, WorksController, WorksProcessor, WorksSchedule, WorksService } from './works.js';

const program = findRedisServer();

if (program === null) {
  it.todo('NOT RUN: no redis-server on PATH');
} else {
  describe.each(['fastify', 'express'] as const)('one door like the other, on %s', (adapter) => {
    let redis: RedisServer;
    let test: DoorApp;
    let logging: jest.Spied<Logger['error']>;
    const logged: unknown[] = [];
    beforeAll(async () => {
      redis = await startRedisServer(program);
      test = await createDoorApp({
        adapter,
        imports: [
          BullModule.forRoot({ url: redis.url }),
          BullModule.registerQueue({ name: 'works' }),
          ScheduleModule.forRoot(),
        ],
        controllers: [WorksController],
        providers: [Outside, ThingsStore, WorkOwnership, WorksProcessor, WorksSchedule, WorksService],
      });
      // The scheduler catches what a handler throws, and logs it.
      logging = jest
        .spyOn(Logger.prototype, 'error')
        .mockImplementation((error: unknown) => void logged.push(error));
    });
    afterAll(async () => {
      logging.mockRestore();
      await test.close();
      await redis.close();
    });
    beforeEach(() => {
      calls().length = 0;
      logged.length = 0;
    });

    const calls = (): string[] => test.app.get(Outside).calls;
    const service = (): EntitlementsService => test.app.get(EntitlementsService);
    const queue = (): Queue => test.app.get<Queue>(getQueueToken('works'), { strict: false });

    async function accessOf({ userId }: Person): Promise<OwnedAccess> {
      const access = await service().callerFor({ kind: 'user', userId }, { kind: 'caller' });
      if (!access) throw new Error('nobody pays');
      return access;
    }

    async function reasonThrown(run: () => Promise<unknown>): Promise<string | null> {
      try {
        await run();
        return null;
      } catch (error) {
        if (error instanceof AccessDeniedException) return error.decision.reason;
        throw error;
      }
    }

    async function reasonOfJob(job: Job): Promise<string | null> {
      try {
        await job.finished();
        return null;
      } catch (error) {
        return (error as Error).message.split(': ')[1] ?? 'no reason';
      }
    }

    /** What each door answers about the feature `paid`; null when it lets pass. */
    async function reasons(person: Person): Promise<Record<string, string | null>> {
      const access = await accessOf(person);
      const answer = await test.anonymous.with(person.headers).post('/works/run');
      WorkOwnership.scheduled = person.userId;
      await test.app.get(SchedulerRegistry).getCronJob('works').fireOnTick();
      await eventually(async () => logged.length > 0 || calls().includes('cron'));
      const [cronError] = logged;
      const check = await service().check(access, 'paid');
      const inSnapshot = (await service().snapshot(access)).get('paid');
      return {
        http: answer.status === 201 ? null : (answer.body['reason'] as string),
        job: await reasonOfJob(await queue().add('run', { userId: person.userId }, { attempts: 3 })),
        cron: cronError instanceof AccessDeniedException ? cronError.decision.reason : null,
        method: await reasonThrown(() => test.app.get(WorksService).run(access)),
        require: await reasonThrown(() => service().require(access, 'paid')),
        check: check.allowed ? null : check.reason,
        snapshot: inSnapshot?.allowed === false ? inSnapshot.reason : null,
      };
    }

    const everywhere = (reason: string | null): Record<string, string | null> =>
      Object.fromEntries(
        ['http', 'job', 'cron', 'method', 'require', 'check', 'snapshot'].map((door) => [door, reason]),
      );

    it('FX-01 FX-02 EE-09 EE-20 gives the same reason at every door, and FX-07 nothing happens behind any', async () => {
      expect(await reasons(await personOn(test, null))).toEqual(everywhere('plan_required'));
      expect(calls()).toEqual([]);
    });

    it('lets the same person pass every door who is on the plan', async () => {
      const person = await personOn(test, 'pro');
      expect(await reasons(person)).toEqual(everywhere(null));
      expect(calls().toSorted()).toEqual(['cron', 'http', 'job', `method for ${person.ownerId}`]);
    });

    it('FX-01 names a plan that has lapsed at every door alike', async () => {
      const person = await personOn(test, 'pro');
      await holds(test, person.ownerId, null);
      expect(await reasons(person)).toEqual(everywhere('subscription_lapsed'));
      expect(calls()).toEqual([]);
    });

    it('FX-01 FX-07 ends a job that was queued while entitled as failed, and neither runs nor retries it', async () => {
      const person = await personOn(test, 'pro');
      await queue().pause();
      const job = await queue().add('run', { userId: person.userId }, { attempts: 5 });
      await holds(test, person.ownerId, null);
      await queue().resume();
      expect(await reasonOfJob(job)).toBe('subscription_lapsed');
      const ended = await queue().getJob(job.id);
      expect([ended?.attemptsMade, await ended?.getState(), calls()]).toEqual([1, 'failed', []]);
    });

    it('refuses a look-alike of an access, however well it is made', async () => {
      const access = await accessOf(await personOn(test, 'pro'));
      const run = (alike: OwnedAccess): Promise<string | null> =>
        reasonThrown(() => test.app.get(WorksService).run(alike));
      expect(await run({ ...access })).toBe('unauthenticated');
      expect(await run(access)).toBeNull();
    });

    it('FX-07 FX-17 leaves no row, no count and no call outside where creating is denied', async () => {
      const person = await personOn(test, null);
      const create = () => test.anonymous.with(person.headers).post('/works/things');
      for (const _ of [1, 2]) (await create()).expect(201);
      expect((await create()).expect(403).body).toMatchObject({ reason: 'capacity_reached' });
      const [{ things, used } = {}] = await test.database.query<{ things: number; used: number }[]>(
        `select (select count(*)::int from thing where user_id = $1) as things,
           (select used::int from capacity_counter where owner_id = $2 and feature = 'things' and space = 'total') as used`,
        [person.userId, person.ownerId],
      );
      expect([things, used, calls().length]).toEqual([2, 2, 2]);
    });

    it('FX-19 holds a change against the ceiling and the flag of the plan that is in force when it is made', async () => {
      const person = await personOn(test, 'pro');
      const caller = test.anonymous.with(person.headers);
      const resize = (nodes: number) => caller.patch('/works/size', { nodes: Array.from({ length: nodes }) });
      (await resize(10)).expect(200);
      expect((await resize(11)).expect(403).body).toMatchObject({
        reason: 'ceiling_exceeded',
        limit: 10,
        requested: 11,
      });
      (await caller.patch('/works/open')).expect(200);
      await holds(test, person.ownerId, 'free');
      expect((await resize(4)).expect(403).body).toMatchObject({ limit: 3, requested: 4 });
      expect((await caller.patch('/works/open')).expect(403).body).toMatchObject({ reason: 'plan_required' });
      expect(calls()).toEqual(['size 10', 'turned on']);
    });
  });
}
