import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ManualClock,
  UnavailableError,
  WorkHandlers,
  type WorkHandler,
  type WorkItem,
  WorkItems,
} from '@tollgate/kernel';
import { Gate } from '../../support/gate.js';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { type KernelNode, startKernelNode } from './kernel-node.js';

const KIND = 'test.work';
const OTHER_KIND = 'test.other';
/** How many items of one kind a runner works on at once. */
const PLACES_OF_A_KIND = 4;
const HOUR_MS = 3_600_000;

interface Row {
  readonly key: string;
  readonly state: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly next_attempt_at: Date;
}

describe('the work queue', () => {
  const clock = new ManualClock(new Date('2026-03-01T00:00:00Z'));
  let database: TestDatabase;
  let nodes: KernelNode[];
  let done: WorkItem[] = [];
  let behave: (item: WorkItem) => Promise<void>;
  let gate: Gate;

  beforeAll(async () => {
    database = await createTestDatabase();
    behave = async () => undefined;
    nodes = [await start(KIND, OTHER_KIND), await start(KIND, OTHER_KIND)];
  });
  const start = (...kinds: string[]) =>
    startKernelNode(database.url, {
      clock,
      runsWork: true,
      prepare: (module) => kinds.forEach((kind) => module.get(WorkHandlers).register(handlerOf(kind))),
    });
  const handlerOf = (kind: string): WorkHandler => ({
    kind,
    handle: async (item) => {
      done.push(item);
      await behave(item);
    },
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await database.drop();
  });
  beforeEach(async () => {
    await nodes[0].database.query('delete from work_item');
    done = [];
    behave = async () => undefined;
    gate = new Gate();
  });
  afterEach(() => gate.open());

  const enqueue = (key: string, payload: object = {}, kind = KIND) =>
    nodes[0].transactions.run((tx) => nodes[0].queue.enqueue(tx, { kind, key, payload }));
  const rows = () => nodes[0].database.query<Row[]>('select * from work_item');
  const isEmpty = () => eventually(async () => (await rows()).length === 0);
  const items = () => nodes[0].module.get(WorkItems);
  const isStarted = (key: string) => eventually(async () => done.some((item) => item.key === key));
  const isFinished = (key: string) =>
    eventually(async () => done.some((item) => item.key === key) && !(await keys()).includes(key));
  const keys = async () => (await rows()).map(({ key }) => key).toSorted();

  it('does nothing for a transaction that is rolled back', async () => {
    const rolledBack = nodes[0].transactions.run(async (tx) => {
      await nodes[0].queue.enqueue(tx, { kind: KIND, key: 'never', payload: {} });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await enqueue('after');
    await isEmpty();
    expect(done.map(({ key }) => key)).toEqual(['after']);
  });

  it('runs an item once more when it is wanted again while it runs', async () => {
    behave = () => gate.opened;
    await enqueue('again', { wish: 1 });
    await eventually(async () => done.length === 1);
    await enqueue('again', { wish: 2 });
    expect(done).toHaveLength(1);
    gate.open();
    await isEmpty();
    expect(done.map(({ payload }) => payload)).toEqual([{ wish: 1 }, { wish: 2 }]);
  });

  it('joins wishes for the same thing while they wait', async () => {
    const later = new Date(clock.now().getTime() + HOUR_MS);
    for (const wish of [1, 2, 3]) {
      await nodes[0].transactions.run((tx) =>
        nodes[0].queue.enqueue(tx, { kind: KIND, key: 'joined', payload: { wish }, notBefore: later }),
      );
    }
    expect(done).toEqual([]);
    clock.set(later);
    nodes[0].wake();
    await isEmpty();
    expect(done.map(({ payload }) => payload)).toEqual([{ wish: 3 }]);
  });

  it('hands the item of a dead worker to another once its lease is over, and ignores the dead one', async () => {
    await enqueue('orphan', {}, 'other.kind');
    const [dead] = await items().claim(['other.kind'], clock.now(), 1);
    expect(await items().claim(['other.kind'], clock.now(), 1)).toEqual([]);
    await nodes[0].database.query('update work_item set leased_until = clock_timestamp()');
    const [heir] = await items().claim(['other.kind'], clock.now(), 1);
    await items().finish(dead);
    await items().fail(dead, 'late', null);
    expect(await rows()).toMatchObject([{ state: 'pending', attempts: 0 }]);
    await items().finish(heir);
    expect(await rows()).toEqual([]);
  });

  it('waits longer after each failure, gives up after the tenth, and lets others pass', async () => {
    behave = async ({ key }) => {
      if (key === 'poison') throw new Error('never works');
    };
    await enqueue('poison');
    const waits: number[] = [];
    for (let failures = 1; failures <= 10; failures += 1) {
      const [row] = await eventually(async () => {
        const seen = await rows();
        return seen[0]?.attempts === failures ? seen : null;
      });
      waits.push(row.next_attempt_at.getTime() - clock.now().getTime());
      expect(row.state).toBe(failures < 10 ? 'pending' : 'dead');
      clock.set(row.next_attempt_at);
      nodes[0].wake();
    }
    expect(waits.slice(0, 9)).toEqual(waits.slice(0, 9).toSorted((one, other) => one - other));
    expect(waits[8]).toBeGreaterThan(60_000);
    await enqueue('healthy');
    await isFinished('healthy');
    clock.advance(24 * HOUR_MS);
    nodes[0].wake();
    await enqueue('healthy');
    await eventually(async () => done.filter(({ key }) => key === 'healthy').length === 2);
    await isFinished('healthy');
    expect(done.filter(({ key }) => key === 'poison')).toHaveLength(10);
    expect(await rows()).toMatchObject([{ state: 'dead', last_error: 'Error: never works' }]);
  });

  it('never gives up on what only waits for a part that is down', async () => {
    behave = async () => Promise.reject(new UnavailableError('provider_unavailable', 'away'));
    await enqueue('patient');
    for (let failures = 1; failures <= 12; failures += 1) {
      const [row] = await eventually(async () => {
        const seen = await rows();
        return seen[0]?.attempts === failures ? seen : null;
      });
      expect(row.state).toBe('pending');
      expect(row.next_attempt_at.getTime() - clock.now().getTime()).toBeLessThanOrEqual(60_000);
      if (failures === 12) behave = async () => undefined;
      clock.set(row.next_attempt_at);
      nodes[0].wake();
    }
    await isEmpty();
  });

  it('restores lost work only: neither a back-off nor a dead letter is disturbed', async () => {
    const restore = (key: string) =>
      nodes[0].transactions.run((tx) => nodes[0].queue.restore(tx, { kind: 'other.kind', key, payload: {} }));
    await enqueue('waiting', {}, 'other.kind');
    await enqueue('dead', {}, 'other.kind');
    await nodes[0].database.query(`update work_item set state = 'dead' where key = 'dead'`);
    const later = new Date(clock.now().getTime() + HOUR_MS);
    await nodes[0].database.query(`update work_item set next_attempt_at = $1`, [later]);
    for (const key of ['waiting', 'dead', 'lost']) await restore(key);
    const due = await items().claim(['other.kind'], clock.now(), 10);
    expect(due.map(({ key }) => key)).toEqual(['lost']);
    expect(await rows()).toHaveLength(3);
  });

  it('never runs one item on two runners at once: 200 items, 2 runners, each exactly once', async () => {
    const running = new Set<string>();
    let collisions = 0;
    behave = async ({ key }) => {
      if (running.has(key)) collisions += 1;
      running.add(key);
      await nodes[0].database.query('select 1');
      running.delete(key);
    };
    await nodes[0].transactions.run(async (tx) => {
      for (let index = 0; index < 200; index += 1)
        await nodes[0].queue.enqueue(tx, { kind: KIND, key: `item ${index}`, payload: {} });
    });
    await isEmpty();
    expect(collisions).toBe(0);
    expect(done).toHaveLength(200);
    expect(new Set(done.map(({ key }) => key)).size).toBe(200);
  });

  it('lets others pass what hangs: of its own kind while a place is free, of another kind always', async () => {
    behave = async ({ key }) => (key.startsWith('hangs') ? gate.opened : undefined);
    const places = nodes.length * PLACES_OF_A_KIND;
    for (let index = 1; index < places; index += 1) {
      await enqueue(`hangs ${index}`);
      await isStarted(`hangs ${index}`);
    }
    await Promise.all(['passes 1', 'passes 2', 'passes 3'].map((key) => enqueue(key)));
    for (const key of ['passes 1', 'passes 2', 'passes 3']) await isFinished(key);

    await enqueue('hangs at last');
    await isStarted('hangs at last');
    await enqueue('finds no place');
    await enqueue('of another kind', {}, OTHER_KIND);
    await isFinished('of another kind');
    expect(done.map(({ key }) => key)).not.toContain('finds no place');

    gate.open();
    await isEmpty();
    expect(done.filter(({ key }) => key === 'finds no place')).toHaveLength(1);
    expect(new Set(done.map(({ key }) => key)).size).toBe(done.length);
  });

  it('finishes what is under way when it stops, and begins nothing new', async () => {
    const stopping = await start('test.stopping');
    behave = async ({ kind }) => (kind === 'test.stopping' ? gate.opened : undefined);
    for (let index = 0; index <= PLACES_OF_A_KIND; index += 1)
      await enqueue(`item ${index}`, {}, 'test.stopping');
    await eventually(async () => done.length === PLACES_OF_A_KIND);
    const stopped = stopping.close();
    await enqueue('elsewhere');
    await isFinished('elsewhere');
    gate.open();
    await stopped;
    expect(await keys()).toEqual([`item ${PLACES_OF_A_KIND}`]);
    expect(done).toHaveLength(PLACES_OF_A_KIND + 1);
  });
});
