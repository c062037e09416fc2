import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { CountingChild } from './counting-children.js';
import { countsOf } from './usage-calls.js';

const repository = join(import.meta.dirname, '../../..');
/** `npm test` looks shortly, `npm run test:all` in full size. */
const IS_FULL = process.env['TOLLGATE_FULL_SIZE'] === '1';
const PATIENCE_MS = IS_FULL ? 600_000 : 60_000;

/** Abroad the calendar on the wall says another day and month than UTC at this instant. */
const PLACES = [
  { zone: 'UTC', offset: 0, at: '2027-03-10T12:00:00.000Z', month: '2027-03-01', races: 3, kills: 4 },
  {
    zone: 'America/New_York',
    offset: 240,
    at: '2027-04-01T02:30:00.000Z',
    month: '2027-04-01',
    races: 1,
    kills: 1,
  },
  {
    zone: 'Pacific/Auckland',
    offset: -780,
    at: '2027-03-31T13:30:00.000Z',
    month: '2027-03-01',
    races: 1,
    kills: 1,
  },
].map((place) => (IS_FULL ? { ...place, races: 20, kills: 50 } : place));

describe.each(PLACES)('processes and database in $zone:', ({ zone, offset, at, month, races, kills }) => {
  let testDatabase: TestDatabase;
  let database: DataSource;
  let children: CountingChild[];

  const start = (): Promise<CountingChild> => CountingChild.start(testDatabase.url, { zone, now: at });

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    await testDatabase.setTimeZone(zone);
    database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
    children = await Promise.all([start(), start()]);
  });

  afterAll(async () => {
    await Promise.all(children.map((child) => child.kill()));
    await database.destroy();
    await testDatabase.drop();
  });

  it('they are there, and so are 24 windows from 31 January and all others of the table', async () => {
    expect(await children[0]?.ask('offset', { at })).toBe(offset);
    expect(await database.query('show timezone')).toEqual([{ TimeZone: zone }]);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(repository, 'node_modules/jest/bin/jest.js'), '--selectProjects=unit', '--json', WINDOWS],
      { cwd: repository, env: { ...process.env, TZ: zone, NODE_OPTIONS: '--experimental-vm-modules' } },
    );
    const report = JSON.parse(stdout) as { numPassedTests: number; numFailedTests: number };
    expect(report.numPassedTests).toBeGreaterThanOrEqual(24);
    expect(report.numFailedTests).toBe(0);
  });

  it(
    `FX-08 two processes grant exactly 1,000 of 4,000 calls at once, counted and in buckets, ${races} times`,
    async () => {
      for (let round = 0; round < races; round++) {
        const ownerId = randomUUID();
        const call = { ownerId, at, meters: { executions: { limit: 1_000 } } };
        const calls = Array.from({ length: 2_000 }, () => call);
        // In one batch of each, and in many.
        const atOnce = round % 2 === 0 ? 2_000 : 64;
        const grants = (await Promise.all(children.map((child) => child.race(calls, atOnce)))).flat();
        expect(grants.filter((grant) => grant !== null)).toHaveLength(1_000);
        expect(await countsOf(database, ownerId)).toMatchObject({ counters: 1_000n, buckets: 1_000n });
        expect(await whenOf(ownerId)).toEqual([{ month, hour: `${at.slice(0, 13)}:00` }]);
      }
    },
    PATIENCE_MS,
  );

  it(
    `FX-47 a process that is killed while it counts has lost no unit that it promised, ${kills} times, and counters, buckets and keys agree`,
    async () => {
      for (let kill = 0; kill < kills; kill++) {
        const ownerId = randomUUID();
        const alive = await connections();
        const child = await start();
        const call = { ownerId, at, meters: { executions: { limit: 1_000_000 } } };
        const promised = await child.flood(call, 200 + kill * 37);
        await child.kill();
        // The server may still be busy with what the dead process had sent.
        while ((await connections()).some((pid) => !alive.includes(pid)));
        await expectKept(ownerId, promised);
      }
    },
    PATIENCE_MS,
  );

  const connections = async (): Promise<number[]> => {
    const rows = await database.query<{ pid: number }[]>(
      `select pid from pg_stat_activity where application_name = 'tollgate usage' and datname = current_database()`,
    );
    return rows.map(({ pid }) => pid);
  };

  const whenOf = (ownerId: string): Promise<unknown[]> =>
    database.query(
      `select distinct to_char(window_start at time zone 'UTC', 'YYYY-MM-DD') as month,
         to_char(hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI') as hour
       from usage_counter join usage_bucket using (owner_id, feature, window_start) where owner_id = $1`,
      [ownerId],
    );

  const expectKept = async (ownerId: string, promised: readonly string[]): Promise<void> => {
    const { counters, buckets } = await countsOf(database, ownerId);
    expect(buckets).toBe(counters);
    expect(counters).toBeGreaterThanOrEqual(BigInt(promised.length));
    const rows = await database.query<{ key: string }[]>('select key from usage_grant where owner_id = $1', [
      ownerId,
    ]);
    const kept = new Set(rows.map(({ key }) => key));
    expect(promised.filter((key) => key !== 'unkeyed' && !kept.has(key))).toEqual([]);
    // At most one batch was committed without its promise having arrived: no more than there were callers.
    expect(counters - BigInt(promised.length)).toBeLessThanOrEqual(64n);
  };

  it('FX-43 FX-44 FX-48 days, months and hours of use are cut where UTC cuts them', async () => {
    const ownerId = randomUUID();
    const [one] = children;
    if (!one) throw new Error('no child');
    // The days on which the clocks of New York and of Auckland are turned, and the turns of day, month and year.
    const instants = [
      '2026-12-31T23:59:59.999Z',
      '2027-01-01T00:00:00.000Z',
      '2027-02-28T23:59:59.999Z',
      '2027-03-01T00:00:00.000Z',
      '2027-03-14T07:00:00.000Z',
      '2027-04-03T13:59:59.999Z',
      '2027-04-03T14:00:00.000Z',
    ];
    for (const [place, instant] of instants.entries()) {
      const meters = { executions: { quantity: 2 ** place, limit: 1_000 } };
      await one.ask('race', { now: instant, calls: [{ ownerId, at: instant, meters }] });
    }
    await one.ask('close', { at: '2027-05-01T00:01:00.000Z' });
    // A fact that comes after its month was closed.
    const late = {
      ownerId,
      at: '2027-02-28T23:30:00.000Z',
      meters: { executions: { quantity: 128, limit: 1_000 } },
    };
    await one.ask('race', { now: '2027-05-01T00:01:00.000Z', calls: [late] });
    const query = { ownerId, from: '2026-12-31T00:00:00.000Z', to: '2027-05-01T00:00:00.000Z' };
    const days = [
      '2026-12-31T00:00:00.000Z 1',
      '2027-01-01T00:00:00.000Z 2',
      '2027-02-28T00:00:00.000Z 132',
      '2027-03-01T00:00:00.000Z 8',
      '2027-03-14T00:00:00.000Z 16',
      '2027-04-03T00:00:00.000Z 96',
    ];
    expect(await one.ask('sums', { ...query, step: 'day' })).toEqual(days);
    await one.ask('close', { at: '2027-05-01T00:06:00.000Z' });
    expect(await one.ask('sums', { ...query, step: 'day' })).toEqual(days);
    expect(await one.ask('sums', { ...query, step: 'month' })).toEqual([
      '2026-12-01T00:00:00.000Z 1',
      '2027-01-01T00:00:00.000Z 2',
      '2027-02-01T00:00:00.000Z 132',
      '2027-03-01T00:00:00.000Z 24',
      '2027-04-01T00:00:00.000Z 96',
    ]);
    const hours = {
      ...query,
      from: '2027-04-03T13:00:00.000Z',
      to: '2027-04-03T15:00:00.000Z',
      step: 'hour',
    };
    expect(await one.ask('sums', hours)).toEqual([
      '2027-04-03T13:00:00.000Z 32',
      '2027-04-03T14:00:00.000Z 64',
    ]);
    const months = await database.query(
      'select month::text, quantity from usage_month where owner_id = $1 order by 1',
      [ownerId],
    );
    expect(months).toEqual(
      [
        ['2026-12-01', '1'],
        ['2027-01-01', '2'],
        ['2027-02-01', '132'],
        ['2027-03-01', '24'],
        ['2027-04-01', '96'],
      ].map(([month_, quantity]) => ({ month: month_, quantity })),
    );
  });
});

const WINDOWS = 'libs/usage/src/windows/window-at.spec.ts';
