import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { type KernelNode, startKernelNode } from './kernel-node.js';

describe('freshness', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let node: KernelNode;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    node = await startKernelNode(proxy.url);
  });
  afterAll(async () => {
    await node.close();
    await proxy.close();
    await database.drop();
  });

  it('holds while the listening connection answers, in one epoch', async () => {
    const { epoch } = node.freshness;
    expect(await node.freshness.confirm()).toBe(true);
    expect(node.freshness.fresh).toBe(true);
    expect(node.freshness.epoch).toBe(epoch);
  });

  it('ends when no heartbeat comes back, although the connection still stands', async () => {
    const { epoch } = node.freshness;
    proxy.freeze();
    await eventually(async () => !node.freshness.fresh);
    expect(await node.freshness.confirm()).toBe(false);
    proxy.thaw();
    expect(await eventually(async () => node.freshness.fresh)).toBe(true);
    expect(node.freshness.epoch).toBe(epoch);
  });

  it('begins a new epoch with a new connection, because something may have been missed between the two', async () => {
    const { epoch } = node.freshness;
    proxy.cut();
    expect(await node.freshness.confirm()).toBe(false);
    proxy.mend();
    await eventually(async () => node.freshness.epoch > epoch);
    expect(node.freshness.fresh).toBe(true);
  });

  it('gives up a connection that has not answered for three seconds, and listens on another one', async () => {
    const { epoch } = node.freshness;
    const before = proxy.attempts();
    proxy.freeze();
    await eventually(async () => proxy.attempts() > before);
    proxy.thaw();
    expect(await eventually(async () => node.freshness.epoch > epoch)).toBe(true);
  });
});
