import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Clock, JobRegistry, ManualClock } from '../../../libs/kernel/src/index.js';
import { UsageHistory, UsageMeter, UsageModule } from '../../../libs/usage/src/index.js';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';
import { asking, countsOf, meter, newOwner } from './usage-calls.js';

const DAY_MS = 86_400_000;
const date = (text: string): Date => new Date(text);

let libs: LibsApp;
let clock: ManualClock;
let usage: UsageMeter;
let owner: string;

/** Everything of this file happens one after the other on one clock: each test has a year of its own. */
beforeAll(async () => {
  libs = await createLibsApp([UsageModule.forRoot({ hourlyDays: 2, dailyDays: 20 })], {
    clock: new ManualClock(date('2027-01-01T00:00:00Z')),
  });
  clock = libs.app.get<ManualClock>(Clock);
  usage = libs.app.get(UsageMeter);
});

afterAll(() => libs.close());

beforeEach(() => {
  owner = newOwner();
});

const use = (at: string, quantity: bigint, more = {}) =>
  usage.consume(
    asking(owner, { at: date(at), meters: [meter({ at: date(at), quantity, limit: 1_000_000n })], ...more }),
  );

type Job = 'usage.close' | 'usage.prune';

const run = (name: Job): Promise<unknown> | undefined =>
  libs.app
    .get(JobRegistry)
    .all()
    .find((job) => job.name === name)
    ?.run(clock.now());

/** Moves to an instant and runs these jobs, one after the other. */
async function pass(at: string, ...names: Job[]): Promise<void> {
  clock.set(date(at));
  for (const name of names) await run(name);
}

const hoursLeft = async (): Promise<number> =>
  (await libs.database.query('select 1 from usage_bucket where owner_id = $1', [owner])).length;

const daysLeft = async (): Promise<number> =>
  (await libs.database.query('select 1 from usage_day where owner_id = $1', [owner])).length;

const monthOf = async (month: string): Promise<unknown> => {
  const [row] = await libs.database.query<{ quantity: string }[]>(
    'select quantity from usage_month where owner_id = $1 and month = $2',
    [owner, month],
  );
  return row?.quantity;
};

/** The units of a range, as the service adds them up by day. */
async function sum(from: string, to: string): Promise<bigint> {
  const range = { ownerId: owner, from: date(from), to: date(to), step: 'day' as const };
  const rows = await libs.app.get(UsageHistory).sums(libs.database.manager, range);
  return rows.reduce((total, { quantity }) => total + quantity, 0n);
}

const counted = async (): Promise<bigint> => (await countsOf(libs.database, owner)).counters;

describe('records', () => {
  const january = ['2027-01-01T00:00:00Z', '2027-02-01T00:00:00Z'] as const;

  it('stay what they are when their hours are removed, and months when their days are', async () => {
    clock.set(date('2027-01-05T10:00:00Z'));
    await use('2027-01-05T10:00:00Z', 3n);
    await use('2027-01-05T23:00:00Z', 4n, { principal: 'user:2' });
    await use('2027-01-31T10:00:00Z', 5n);
    await pass('2027-01-28T00:05:00Z', 'usage.close', 'usage.prune');
    // The month is open: its days are needed, although they are older than 20 days.
    expect([await hoursLeft(), await daysLeft(), await sum(...january)]).toEqual([1, 2, 12n]);
    await pass('2027-02-05T00:05:00Z', 'usage.close', 'usage.prune');
    expect([await hoursLeft(), await daysLeft(), await sum(...january)]).toEqual([0, 3, 12n]);
    expect(await monthOf('2027-01-01')).toBe('12');
    await use('2027-02-20T10:00:00Z', 6n);
    // What has no record yet stays, however old.
    await pass('2027-03-05T00:05:00Z', 'usage.prune');
    expect([await hoursLeft(), await daysLeft()]).toEqual([1, 0]);
    await pass('2027-03-05T00:05:00Z', 'usage.close', 'usage.prune');
    expect([await hoursLeft(), await daysLeft(), await monthOf('2027-01-01')]).toEqual([0, 1, '12']);
    expect([await counted(), await sum('2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z')]).toEqual([18n, 6n]);
  });

  it('grow by a late fact of a day whose hours are gone, and sums equal the counter at every moment', async () => {
    clock.set(date('2027-03-10T10:00:00Z'));
    await use('2027-03-10T10:00:00Z', 100n);
    await pass('2027-04-03T00:05:00Z', 'usage.close', 'usage.prune');
    expect(await hoursLeft()).toBe(0);
    const march = ['2027-03-01T00:00:00Z', '2027-04-01T00:00:00Z'] as const;
    for (const quantity of [7n, 11n]) {
      await use('2027-03-10T10:30:00Z', quantity);
      expect(await sum(...march)).toBe(await counted());
      await pass('2027-04-03T00:10:00Z', 'usage.close');
      expect([await sum(...march), await monthOf('2027-03-01')]).toEqual([
        await counted(),
        String(await counted()),
      ]);
    }
    await pass('2027-04-03T00:15:00Z', 'usage.prune', 'usage.close');
    expect([await counted(), await sum(...march), await monthOf('2027-03-01')]).toEqual([118n, 118n, '118']);
  });

  it('grow by a late fact of a month whose days are gone', async () => {
    clock.set(date('2027-04-10T10:00:00Z'));
    await use('2027-04-10T10:00:00Z', 100n);
    await use('2027-04-11T10:00:00Z', 20n);
    await pass('2027-05-25T00:05:00Z', 'usage.close', 'usage.prune');
    expect([await daysLeft(), await monthOf('2027-04-01')]).toEqual([0, '120']);
    await use('2027-04-10T10:30:00Z', 7n);
    await pass('2027-05-25T00:10:00Z', 'usage.close');
    expect([await counted(), await monthOf('2027-04-01'), await daysLeft()]).toEqual([127n, '127', 0]);
    // Whichever job comes first.
    await use('2027-04-12T10:30:00Z', 5n);
    await pass('2027-05-25T00:15:00Z', 'usage.prune', 'usage.close');
    expect([await counted(), await monthOf('2027-04-01'), await daysLeft()]).toEqual([132n, '132', 0]);
  });

  it('shrink by what is given back to an hour that is gone', async () => {
    clock.set(date('2027-06-10T10:00:00Z'));
    await use('2027-06-10T10:00:00Z', 100n);
    const answer = await use('2027-06-10T10:00:00Z', 30n, { key: 'run-1' });
    await pass('2027-07-03T00:05:00Z', 'usage.close', 'usage.prune');
    await use('2027-06-10T10:00:00Z', 2n);
    expect(await usage.giveBack(answer.granted ? answer.grantId : '', clock.now())).toBe('released');
    const june = ['2027-06-01T00:00:00Z', '2027-07-01T00:00:00Z'] as const;
    expect([await counted(), await sum(...june)]).toEqual([102n, 102n]);
    await pass('2027-07-03T00:10:00Z', 'usage.close');
    expect([await sum(...june), await monthOf('2027-06-01')]).toEqual([102n, '102']);
  });

  it('are exact when both jobs run on several nodes just when facts of the day they remove come in', async () => {
    for (let round = 1; round <= 12; round++) {
      const day = `2027-08-${String(round).padStart(2, '0')}`;
      clock.set(date(`${day}T10:00:00Z`));
      await use(`${day}T10:00:00Z`, 1_000n);
      clock.set(new Date(date(day).getTime() + 3 * DAY_MS + 300_000));
      await run('usage.close');
      const late = async (): Promise<void> => {
        for (let unit = 0; unit < 8; unit++) await use(`${day}T11:00:00Z`, 1n);
      };
      const jobs = ['usage.close', 'usage.prune', 'usage.close', 'usage.prune', 'usage.close'] as const;
      await Promise.all([late(), late(), ...jobs.map(run)]);
    }
    await run('usage.close');
    const august = ['2027-08-01T00:00:00Z', '2027-09-01T00:00:00Z'] as const;
    expect([await counted(), await sum(...august)]).toEqual([12_192n, 12_192n]);
    expect(await hoursLeft()).toBe(0);
  });
});
