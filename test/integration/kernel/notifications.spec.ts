import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Freshness, MISSED, Notifications, notify } from '@tollgate/kernel';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { type KernelNode, startKernelNode } from './kernel-node.js';

describe('notifications', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let teller: KernelNode;
  let hearer: KernelNode;
  const heard: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    teller = await startKernelNode(database.url);
    hearer = await startKernelNode(proxy.url);
    hearer.notifications.listen((payload) => heard.push(payload));
  });
  afterAll(async () => {
    await teller.close();
    await proxy.close();
    await database.drop();
  });

  const tell = (payload: string) => teller.transactions.run((tx) => notify(tx, payload));
  const hears = (payload: string) => eventually(async () => heard.includes(payload));
  const listening = () =>
    teller.database.query<{ pid: number }[]>(
      `select pid from pg_stat_activity where datname = current_database() and application_name = 'tollgate-listen'`,
    );

  it('reach every process when the transaction commits, and none when it does not', async () => {
    const rolledBack = teller.transactions.run(async (tx) => {
      await notify(tx, 'never');
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await tell('committed');
    await hears('committed');
    expect(heard).not.toContain('never');
  });

  it('reach an application that names its database in parts', async () => {
    const { hostname: host, port, username, password, pathname } = new URL(database.url);
    const parts = { host, port: Number(port), username, password, database: pathname.slice(1) };
    const dataSource = await new DataSource({ type: 'postgres', ...parts }).initialize();
    const notifications = new Notifications(dataSource, new Freshness());
    const heardInParts: string[] = [];
    notifications.listen((payload) => heardInParts.push(payload));
    await notifications.onModuleInit();
    await tell('to all');
    expect(await eventually(async () => heardInParts.includes('to all'))).toBe(true);
    await notifications.onApplicationShutdown();
    await dataSource.destroy();
  });

  it('say `missed` after Postgres ended the connection, and go on', async () => {
    heard.length = 0;
    await teller.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'tollgate-listen'`,
    );
    await hears(MISSED);
    await tell('afterwards');
    expect(await hears('afterwards')).toBe(true);
  });

  it('come back with one connection after many refused attempts, and leave none behind', async () => {
    heard.length = 0;
    const before = proxy.attempts();
    proxy.cut();
    await eventually(async () => proxy.attempts() - before >= 4);
    proxy.mend();
    await hears(MISSED);
    await tell('once');
    await hears('once');
    expect(heard.filter((payload) => payload === 'once')).toHaveLength(1);
    await hearer.close();
    await eventually(async () => (await listening()).length === 1);
  });
});
