import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock, JobRegistry, ManualClock } from '../../../libs/kernel/src/index.js';
import {
  UsageClosing,
  UsageHistory,
  UsageMeter,
  UsageModule,
  windowAt,
} from '../../../libs/usage/src/index.js';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';
import { asking, countsOf, meter, newOwner } from './usage-calls.js';

const date = (text: string): Date => new Date(text);

let libs: LibsApp;
let usage: UsageMeter;
let closing: UsageClosing;
let history: UsageHistory;
let owner: string;

/** A place of the world for the database, so that every sum is seen to be made in UTC. */
describe.each(['UTC', 'America/New_York', 'Pacific/Auckland'])(
  'records, the database being in %s',
  (zone) => {
    beforeAll(async () => {
      libs = await createLibsApp([UsageModule], {
        databaseTimeZone: zone,
        clock: new ManualClock(date('2027-01-01T00:00:00Z')),
      });
      usage = libs.app.get(UsageMeter);
      closing = libs.app.get(UsageClosing);
      history = libs.app.get(UsageHistory);
    });

    afterAll(() => libs.close());

    beforeEach(() => {
      owner = newOwner();
    });

    const use = (at: string, quantity = 1n, more = {}) =>
      usage.consume(
        asking(owner, { at: date(at), meters: [meter({ at: date(at), quantity, limit: 1_000n })], ...more }),
      );

    const months = () =>
      libs.database.query(
        'select month::text, quantity, overage from usage_month where owner_id = $1 order by 1',
        [owner],
      );

    it('FX-43 keeps a snapshot of every day by owner and feature, with the time it was taken', async () => {
      await use('2027-01-05T23:59:59.999Z', 3n);
      await use('2027-01-06T00:00:00Z', 4n);
      await closing.run(date('2027-01-08T00:05:00Z'));
      const rows = await libs.database.query(
        'select day::text, feature, quantity, taken_at from usage_day where owner_id = $1 order by day',
        [owner],
      );
      const taken_at = date('2027-01-08T00:05:00Z');
      expect(rows).toEqual([
        { day: '2027-01-05', feature: 'executions', quantity: '3', taken_at },
        { day: '2027-01-06', feature: 'executions', quantity: '4', taken_at },
      ]);
    });

    it('FX-44 keeps one record for each owner, feature and month, and a late fact changes its own', async () => {
      await use('2027-02-28T23:59:59Z', 2n);
      await use('2027-03-01T00:00:00Z', 5n);
      await closing.run(date('2027-04-02T00:00:00Z'));
      expect(await months()).toEqual([
        { month: '2027-02-01', quantity: '2', overage: '0' },
        { month: '2027-03-01', quantity: '5', overage: '0' },
      ]);
      libs.app.get<ManualClock>(Clock).set(date('2027-04-02T00:00:00Z'));
      await use('2027-02-10T00:00:00Z', 7n);
      await closing.run(date('2027-04-02T01:00:00Z'));
      expect(await months()).toMatchObject([{ quantity: '9' }, { quantity: '5' }]);
    });

    it('FX-45 starts the next window at zero without any job, keeps the last, and closes it once however often it runs', async () => {
      await use('2027-05-31T23:59:59.999Z', 9n);
      const answer = await use('2027-06-01T00:00:00Z', 1n);
      expect(answer).toMatchObject({ granted: true, meters: [{ used: 1n }] });
      const inMay = { feature: 'executions', window: meter({ at: date('2027-05-02T00:00:00Z') }).window };
      expect(await usage.used(libs.database.manager, owner, [inMay])).toEqual([9n]);
      // Missed for two months, then run on several nodes at once, and once more.
      const late = date('2027-07-20T12:00:00Z');
      await Promise.all([closing.run(late), closing.run(late), closing.run(late)]);
      await closing.run(date('2027-07-20T13:00:00Z'));
      expect(await months()).toEqual([
        { month: '2027-05-01', quantity: '9', overage: '0' },
        { month: '2027-06-01', quantity: '1', overage: '0' },
      ]);
    });

    it('FX-48 answers by owner, organization, feature, principal and time, and its sums equal the counters', async () => {
      const [red, blue] = [randomUUID(), randomUUID()];
      libs.app.get<ManualClock>(Clock).set(date('2027-08-01T00:00:00Z'));
      await use('2027-08-01T00:10:00Z', 1n, { organizationId: red });
      await use('2027-08-01T01:10:00Z', 2n, { organizationId: blue, principal: 'user:2' });
      await use('2027-08-02T01:10:00Z', 4n);
      const range = { ownerId: owner, from: date('2027-08-01T00:00:00Z'), to: date('2027-09-01T00:00:00Z') };
      const sum = async (more: object): Promise<bigint> => {
        const rows = await history.sums(libs.database.manager, { ...range, step: 'day', ...more });
        return rows.reduce((total, { quantity }) => total + quantity, 0n);
      };
      const check = async (): Promise<void> => {
        const { counters } = await countsOf(libs.database, owner);
        for (const step of ['hour', 'day', 'month']) expect(await sum({ step })).toBe(counters);
        expect(await sum({ organizationId: red })).toBe(1n);
        expect(await sum({ organizationId: 'personal' })).toBe(4n);
        expect(await sum({ principal: 'user:2' })).toBe(2n);
        expect(await sum({ feature: 'export' })).toBe(0n);
        expect(await sum({ to: date('2027-08-02T00:00:00Z') })).toBe(3n);
      };
      await check();
      await closing.run(date('2027-08-03T00:05:00Z'));
      await check();
      // A late fact is seen before its record is renewed, and afterwards.
      libs.app.get<ManualClock>(Clock).set(date('2027-08-03T00:05:00Z'));
      await use('2027-08-02T05:00:00Z', 8n, { principal: 'user:3' });
      expect(await sum({})).toBe(15n);
      await closing.run(date('2027-08-03T00:10:00Z'));
      expect(await sum({})).toBe(15n);
      expect(
        await history.sums(libs.database.manager, { ...range, step: 'month', principal: 'user:3' }),
      ).toEqual([
        { start: range.from, feature: 'executions', organizationId: null, principal: 'user:3', quantity: 8n },
      ]);
    });

    it('counts in billing periods that begin at any instant, each unit in one', async () => {
      const anchor = { at: date('2027-01-31T02:30:00Z'), moved: null };
      const wish = (at: string) => {
        const window = windowAt('billing_period', anchor, date(at));
        return asking(owner, { at: date(at), meters: [{ ...meter(), window }] });
      };
      await usage.consume(wish('2027-02-28T02:29:59.999Z'));
      await usage.consume(wish('2027-02-28T02:30:00Z'));
      const rows = await libs.database.query(
        'select window_start, used from usage_counter where owner_id = $1 order by 1',
        [owner],
      );
      expect(rows).toEqual([
        { window_start: date('2027-01-31T02:30:00Z'), used: '1' },
        { window_start: date('2027-02-28T02:30:00Z'), used: '1' },
      ]);
    });

    it('sweeps what is held beyond its time, once', async () => {
      const at = date('2027-09-01T00:00:00Z');
      libs.app.get<ManualClock>(Clock).set(at);
      const expiresAt = date('2027-09-01T00:10:00Z');
      await usage.reserve({ ...asking(owner, { at, meters: [meter({ at, quantity: 5n })] }), expiresAt });
      const sweep = libs.app
        .get(JobRegistry)
        .all()
        .find(({ name }) => name === 'usage.expire-reservations');
      expect(await sweep?.run(date('2027-09-01T00:09:59Z'))).toBe(0);
      expect((await countsOf(libs.database, owner)).counters).toBe(5n);
      expect(await Promise.all([sweep?.run(expiresAt), sweep?.run(expiresAt)])).toContain(1);
      expect(await countsOf(libs.database, owner)).toEqual({ counters: 0n, buckets: 0n, grants: 0n });
    });

    it('tells 80 % and 100 % once in a window', async () => {
      for (let unit = 0; unit < 12; unit++)
        await usage.consume(asking(owner, { meters: [meter({ overage: 'allow' })] }));
      const rows = await libs.database.query(
        'select percent, used from usage_threshold where owner_id = $1 order by 1',
        [owner],
      );
      expect(rows).toEqual([
        { percent: 80, used: '8' },
        { percent: 100, used: '10' },
      ]);
    });

    it('removes buckets only after the configured days, and never ones without a record', async () => {
      await use('2027-01-05T00:00:00Z');
      const prune = libs.app
        .get(JobRegistry)
        .all()
        .find(({ name }) => name === 'usage.prune');
      const left = async (): Promise<number> =>
        (await libs.database.query('select 1 from usage_bucket where owner_id = $1', [owner])).length;
      await prune?.run(date('2028-01-05T00:00:00Z'));
      expect(await left()).toBe(1);
      await closing.run(date('2028-06-05T00:00:00Z'));
      await prune?.run(date('2028-06-05T00:00:00Z'));
      expect(await left()).toBe(0);
    });
  },
);
