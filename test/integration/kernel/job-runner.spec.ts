import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { JobRegistry, JobRuns, ManualClock } from '@tollgate/kernel';
import { Gate } from '../../support/gate.js';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { type KernelNode, startKernelNode } from './kernel-node.js';

const MINUTE_MS = 60_000;

describe('scheduled jobs on two nodes', () => {
  const clock = new ManualClock(new Date('2026-03-01T00:00:00Z'));
  let database: TestDatabase;
  let nodes: KernelNode[];
  let runs: Date[] = [];
  let behave: () => Promise<number>;

  beforeAll(async () => {
    database = await createTestDatabase();
    behave = async () => 3;
    const run = async (at: Date): Promise<number> => {
      runs.push(at);
      return behave();
    };
    const prepare: NonNullable<Parameters<typeof startKernelNode>[1]>['prepare'] = (module) =>
      module.get(JobRegistry).register({ name: 'test.job', everyMs: MINUTE_MS, run });
    const start = () => startKernelNode(database.url, { clock, runsWork: true, prepare });
    nodes = [await start(), await start()];
    await finishedAt(clock.now());
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });
  beforeEach(() => {
    runs = [];
    behave = async () => 3;
  });

  const records = () =>
    nodes[0].database.query<{ rows: string; error: string | null }[]>(
      `select rows, error from job_run where finished_at = $1`,
      [clock.now()],
    );
  const finishedAt = (at: Date) =>
    eventually(async () => {
      const [row] = await nodes[0].database.query<{ next_due_at: Date }[]>(
        `select next_due_at from job where name = 'test.job'`,
      );
      return row !== undefined && row.next_due_at > at;
    });
  const lease = async () => {
    const [row] = await nodes[0].database.query<{ token: string; free: boolean }[]>(
      `select token, expires_at <= clock_timestamp() as free from lease where name = 'job:test.job'`,
    );
    return row;
  };
  const leaseToken = async () => BigInt((await lease())?.token ?? 0);
  const leaseIsFree = async () => (await lease())?.free ?? false;
  const wakeAll = () => nodes.forEach((node) => node.wake());

  it('run once at each due instant, whoever looks', async () => {
    for (let minute = 0; minute < 5; minute += 1) {
      clock.advance(MINUTE_MS);
      wakeAll();
      await finishedAt(clock.now());
      wakeAll();
    }
    expect(runs).toHaveLength(5);
    expect(await records()).toEqual([{ rows: '3', error: null }]);
  });

  it('never run on both nodes at once', async () => {
    const gate = new Gate();
    behave = async () => {
      await gate.opened;
      return 0;
    };
    clock.advance(MINUTE_MS);
    nodes[0].wake();
    await eventually(async () => runs.length === 1);
    nodes[1].wake();
    await eventually(async () => (await nodes[1].leases.acquire('job:test.job', 1)) === null);
    gate.open();
    await finishedAt(clock.now());
    expect(runs).toHaveLength(1);
  });

  it('are not run again by a node that saw them due before another had run them', async () => {
    const [saw, goOn] = [new Gate(), new Gate()];
    const theirs = nodes[1].module.get(JobRuns);
    const due = theirs.due.bind(theirs);
    clock.advance(MINUTE_MS);
    jest.spyOn(theirs, 'due').mockImplementationOnce(async (now) => {
      const names = await due(now);
      saw.open();
      await goOn.opened;
      return names;
    });
    nodes[1].wake();
    await saw.opened;
    nodes[0].wake();
    await finishedAt(clock.now());
    const before = await leaseToken();
    goOn.open();
    await eventually(async () => (await leaseToken()) > before && (await leaseIsFree()));
    expect(runs).toHaveLength(1);
  });

  it('catch up with one run after a time in which nobody looked', async () => {
    clock.advance(60 * MINUTE_MS);
    wakeAll();
    await finishedAt(clock.now());
    expect(runs).toEqual([clock.now()]);
  });

  it('record a failure, and are due again at the next interval', async () => {
    behave = async () => Promise.reject(new Error('the job is ill'));
    clock.advance(MINUTE_MS);
    wakeAll();
    await finishedAt(clock.now());
    expect(await records()).toEqual([{ rows: '0', error: 'Error: the job is ill' }]);
    behave = async () => 1;
    clock.advance(MINUTE_MS);
    wakeAll();
    await finishedAt(clock.now());
    expect(await records()).toEqual([{ rows: '1', error: null }]);
  });
});
