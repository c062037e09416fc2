import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Transaction } from '@tollgate/kernel';
import {
  type CatalogNode,
  exporting,
  exportLimitIn,
  startCatalogNode,
} from '../../support/catalog/catalog-node.js';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';

const BY = { author: 'staff:1', reason: 'a test' };

let testDatabase: TestDatabase;
let node: CatalogNode;
let other: CatalogNode;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  node = await startCatalogNode(testDatabase.url);
  await node.catalogs.seed(exporting(50), BY);
  other = await startCatalogNode(testDatabase.url);
});
afterAll(async () => {
  await other.close();
  await node.close();
  await testDatabase.drop();
});

describe('a published version', () => {
  it.each([
    `update catalog_version set reason = 'another'`,
    `delete from catalog_version`,
    `update plan set grace_days = 99`,
    `delete from plan`,
    `update feature set enabled = false`,
    `delete from feature`,
    `update allowance set quantity = 60 where feature = 'export'`,
    `delete from allowance`,
    `truncate allowance`,
    `truncate catalog_version cascade`,
    `insert into plan values (1, 'gold', 'Gold', 99, 0, false, false)`,
    `insert into allowance values (1, 'free', 'export', 5, 'deny')`,
    `insert into feature select 1, 'extra', name, kind, enabled, counted_by, quota_window, rollout, rates, over_limit,
       last_known_seconds, charge_on from feature limit 1`,
  ])('never changes: %s', async (sql) => {
    await expect(node.kernel.database.query(sql)).rejects.toThrow(/never changes/);
  });

  it('can still be read, whole, after others were published', async () => {
    await node.catalogs.publish(exporting(51), BY);
    const first = await node.catalogs.version(1);
    expect([first.version, exportLimitIn(first)]).toEqual([1, 50n]);
    expect(node.catalogs.inMemory(1)).toBe(first);
    await expect(node.catalogs.version(999)).rejects.toMatchObject({ code: 'not_found' });
    expect(node.catalogs.inMemory(999)).toBeUndefined();
  });
});

describe('another process', () => {
  it('takes over what is published, and knows it by its epoch', async () => {
    const { epoch } = other.catalogs;
    const { version } = await node.catalogs.publish(exporting(60), BY);
    await eventually(async () => other.catalogs.current().version === version, 1_000);
    expect(exportLimitIn(other.catalogs.current())).toBe(60n);
    expect(other.catalogs.epoch).toBeGreaterThan(epoch);
    expect([other.catalogs.isBehind, other.catalogs.isCurrent]).toEqual([false, true]);
  });

  it('tries again until it could read, and says meanwhile that it is behind', async () => {
    const { store, catalogs } = other;
    const { read } = store;
    let failures = 0;
    store.read = (_reader: Transaction, _version: number) => {
      failures++;
      return Promise.reject(new Error('the database went away'));
    };
    const { version } = await node.catalogs.publish(exporting(61), BY);
    await eventually(async () => failures >= 2);
    expect([catalogs.isBehind, exportLimitIn(catalogs.current())]).toEqual([true, 60n]);
    expect([await catalogs.confirm(), catalogs.isCurrent]).toEqual([false, false]);
    store.read = read;
    expect(await catalogs.confirm()).toBe(true);
    expect([catalogs.isBehind, catalogs.isCurrent, catalogs.current().version]).toEqual([
      false,
      true,
      version,
    ]);
    expect(exportLimitIn(catalogs.current())).toBe(61n);
  });

  it('does not wait for a version that was told of and never published', async () => {
    other.kernel.notifications.tell('catalog:999999');
    expect(other.catalogs.isBehind).toBe(true);
    expect(await other.catalogs.confirm()).toBe(true);
  });

  it('looks once more when it heard of another version while it was looking', async () => {
    const { store, catalogs } = other;
    const look = store.newestVersion.bind(store);
    let looks = 0;
    store.newestVersion = async (reader) => {
      looks += 1;
      // What the process asks of its own accord fails, so that only the one who confirms can find out.
      if (looks === 1 || looks === 3) throw new Error('the database went away');
      const version = await look(reader);
      if (looks > 2) return version;
      await node.catalogs.publish(exporting(63), BY);
      await eventually(async () => looks === 3);
      return version;
    };
    const { version } = await node.catalogs.publish(exporting(62), BY);
    await eventually(async () => looks === 1);
    expect(await catalogs.confirm()).toBe(true);
    expect(catalogs.current().version).toBe(version + 1);
    store.newestVersion = look;
  });

  it('never puts an older version back, however slowly it is read', async () => {
    const { store, catalogs } = other;
    const { read: realRead } = store;
    const held = catalogs.current().version;
    let goOn: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => (goOn = resolve));
    let reading: Promise<unknown> | undefined;
    store.read = (reader, version) => {
      const read = realRead.call(store, reader, version);
      if (version !== held + 1) return read;
      reading = paused.then(() => read);
      return reading as typeof read;
    };
    await node.catalogs.publish(exporting(70), BY);
    await eventually(async () => reading !== undefined);
    const newest = await node.catalogs.publish(exporting(71), BY);
    await catalogs.refresh();
    expect(catalogs.current().version).toBe(newest.version);
    goOn();
    store.read = realRead;
    await reading;
    await new Promise((done) => setImmediate(done));
    expect(catalogs.current().version).toBe(newest.version);
  });
});
