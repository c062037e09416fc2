import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Lease, LeaseLostError } from '@tollgate/kernel';
import { Gate } from '../../support/gate.js';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { type KernelNode, startKernelNode } from './kernel-node.js';

const LONG_MS = 60_000;

describe('leases', () => {
  let database: TestDatabase;
  let node: KernelNode;

  beforeAll(async () => {
    database = await createTestDatabase();
    node = await startKernelNode(database.url);
  });
  afterAll(async () => {
    await node.close();
    await database.drop();
  });

  const runOut = (name: string): Promise<unknown> =>
    node.database.query('update lease set expires_at = clock_timestamp() where name = $1', [name]);
  const take = async (name: string): Promise<Lease> => {
    const lease = await node.leases.acquire(name, LONG_MS);
    if (!lease) throw new Error(`the lease ${name} is held`);
    return lease;
  };

  it('go to one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => node.leases.acquire('one', LONG_MS)));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
  });

  it('give every new holder a larger token', async () => {
    const first = await take('tokens');
    await node.leases.release(first);
    const second = await take('tokens');
    expect(BigInt(second.token)).toBeGreaterThan(BigInt(first.token));
  });

  it('can be taken over once they have run out, and then neither renewed nor released by the old holder', async () => {
    const old = await take('over');
    await runOut('over');
    const present = await take('over');
    expect(await node.leases.renew(old, LONG_MS)).toBe(false);
    await node.leases.release(old);
    expect(await node.leases.acquire('over', LONG_MS)).toBeNull();
    expect(await node.leases.renew(present, LONG_MS)).toBe(true);
  });

  it('let only the newest holder write', async () => {
    const old = await take('write');
    await runOut('write');
    const present = await take('write');
    const write = (lease: Lease) => node.transactions.run((tx) => node.leases.assertHeld(tx, lease));
    await expect(write(old)).rejects.toThrow(LeaseLostError);
    await expect(write(present)).resolves.toBeUndefined();
  });

  it('cannot be taken over while their holder writes', async () => {
    const held = await take('while');
    const written = new Gate();
    const asserted = new Gate();
    const writing = node.transactions.run(async (tx) => {
      await node.leases.assertHeld(tx, held);
      await tx.query(`set local lock_timeout = '5s'`);
      asserted.open();
      await written.opened;
    });
    await asserted.opened;
    // Its time is over, as seen by everybody else, as soon as this update gets through.
    const takeover = runOut('while').then(() => node.leases.acquire('while', LONG_MS));
    let taken = false;
    void takeover.then(() => (taken = true));
    await eventually(async () => (await waitingForLocks(node)) > 0);
    expect(taken).toBe(false);
    written.open();
    await writing;
    expect(await takeover).not.toBeNull();
  });

  it('run work alone, one after the other', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await node.database.query('select pg_sleep(0.005)');
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 5 }, () => node.leases.alone('alone', LONG_MS, 10_000, work)));
    expect(most).toBe(1);
  });

  it('say `busy` when the wait is over, and are free again after work that failed', async () => {
    const lease = await take('busy');
    await expect(node.leases.alone('busy', LONG_MS, 50, async () => undefined)).rejects.toMatchObject({
      code: 'busy',
    });
    await node.leases.release(lease);
    const failing = node.leases.alone('busy', LONG_MS, 50, async () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await node.leases.acquire('busy', LONG_MS)).not.toBeNull();
  });
});

async function waitingForLocks(node: KernelNode): Promise<number> {
  const [row] = await node.database.query<{ count: string }[]>(
    `select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return Number(row?.count);
}
