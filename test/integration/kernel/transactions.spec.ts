import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isDatabaseUnavailable, lockInTransaction, type Transaction } from '@tollgate/kernel';
import { Gate } from '../../support/gate.js';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { type KernelNode, startKernelNode } from './kernel-node.js';

describe('transactions', () => {
  let database: TestDatabase;
  let node: KernelNode;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startKernelNode(database.url);
    await node.database.query('create table thing (name text primary key, value integer not null)');
    await node.database.query(`insert into thing values ('a', 0), ('b', 0)`);
  });
  afterAll(async () => {
    await node.close();
    await database.drop();
  });

  const values = () => node.database.query('select name, value from thing order by name');

  it('are run again after a real deadlock, so that both come through', async () => {
    const holds = { a: new Gate(), b: new Gate() };
    let attempts = 0;
    const cross = (first: 'a' | 'b', second: 'a' | 'b') =>
      node.transactions.run(async (tx) => {
        attempts += 1;
        await tx.query(`set local deadlock_timeout = '50ms'`);
        await tx.query('update thing set value = value + 1 where name = $1', [first]);
        holds[first].open();
        await holds[second].opened;
        await tx.query('update thing set value = value + 1 where name = $1', [second]);
      });
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    expect(attempts).toBeGreaterThan(2);
    expect(await values()).toEqual([
      { name: 'a', value: 2 },
      { name: 'b', value: 2 },
    ]);
  });

  it('give up on a deadlock that never ends after four attempts', async () => {
    let attempts = 0;
    const deadlock = node.transactions.run(async (tx) => {
      attempts += 1;
      await tx.query(`do $$ begin raise exception 'again' using errcode = '40P01'; end $$`);
    });
    await expect(deadlock).rejects.toThrow('again');
    expect(attempts).toBe(4);
  });

  it('leave nothing behind when the work throws, and are not run again for that', async () => {
    let attempts = 0;
    const failing = node.transactions.run(async (tx) => {
      attempts += 1;
      await tx.query(`insert into thing values ('c', 1)`);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(attempts).toBe(1);
    expect(await values()).toHaveLength(2);
  });

  it.each<[string, (tx: Transaction) => Promise<unknown>]>([
    ['its next statement', (tx) => tx.query('select 1')],
    ['its commit', () => Promise.resolve()],
  ])('fail as the database being away when it ended them before %s', async (_when, goOn) => {
    const ended = node.transactions.run(async (tx) => {
      const [{ pid }] = await tx.query<[{ pid: number }]>(
        `insert into thing values ('d', 1) returning pg_backend_pid() as pid`,
      );
      await node.database.query('select pg_terminate_backend($1)', [pid]);
      await eventually(() => Promise.resolve(tx.queryRunner?.isReleased));
      return goOn(tx);
    });
    expect(isDatabaseUnavailable(await ended.catch((error: unknown) => error))).toBe(true);
    expect(await values()).toHaveLength(2);
  });

  it('hold a named lock until their end', async () => {
    const order: string[] = [];
    const [locked, done] = [new Gate(), new Gate()];
    const first = node.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'name');
      locked.open();
      await done.opened;
      order.push('first');
    });
    await locked.opened;
    const second = node.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'name');
      order.push('second');
    });
    await node.transactions.run((tx) => lockInTransaction(tx, 'another name'));
    order.push('another');
    done.open();
    await Promise.all([first, second]);
    expect(order).toEqual(['another', 'first', 'second']);
  });
});
