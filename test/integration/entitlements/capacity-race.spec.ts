import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Freshness, Notifications, type Transaction, TransactionRunner } from '@tollgate/kernel';
import { CapacityCounters, UNLIMITED } from '@tollgate/usage';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';

const AT_ONCE = 20;
const OWNER = '0190a6b2-7c5e-7000-8000-000000000001';
const personal = { ownerId: OWNER, organizationId: null };
const inTeam = { ownerId: OWNER, organizationId: '0190a6b2-7c5e-7000-8000-000000000011' };
const inClub = { ownerId: OWNER, organizationId: '0190a6b2-7c5e-7000-8000-000000000012' };

let testDatabase: TestDatabase;
let database: DataSource;
let transactions: TransactionRunner;
const counters = new CapacityCounters();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new DataSource({ type: 'postgres', url: testDatabase.url, extra: { max: AT_ONCE } });
  await database.initialize();
  transactions = new TransactionRunner(database, new Notifications(database, new Freshness()));
  await database.query(`insert into billing_owner (id, user_id, created_at) values ($1, 'ada', now())`, [
    OWNER,
  ]);
  await database.query('create table thing (made_at timestamptz not null default now())');
});
afterAll(async () => {
  await database.destroy();
  await testDatabase.drop();
});
beforeEach(() => database.query('delete from capacity_counter; delete from thing'));

type Take = (tx: Transaction) => Promise<boolean>;

/** So many transactions at once: each takes a place and, if it got one, makes its thing. Answers the things made. */
async function race(take: Take): Promise<number> {
  const attempt = (): Promise<void> =>
    transactions.run(async (tx) => {
      if (await take(tx)) await tx.query('insert into thing default values');
    });
  await Promise.all(Array.from({ length: AT_ONCE }, attempt));
  const [row] = await database.query<{ n: number }[]>('select count(*)::int as n from thing');
  return row?.n ?? -1;
}

/** A place to wait at until so many have come. */
function meetingOf(count: number): () => Promise<void> {
  let come = 0;
  let begin: () => void;
  const complete = new Promise<void>((resolve) => {
    begin = resolve;
  });
  return () => {
    if (++come === count) begin();
    return complete;
  };
}

const taking =
  (place: typeof personal | typeof inTeam, countedBy: 'owner' | 'organization', limit: bigint): Take =>
  async (tx) =>
    (await counters.take(tx, place, { feature: 'things', countedBy, limit })).taken;

describe('twenty creates at once', () => {
  it.each([0n, 1n, 3n, 19n])('make as many things as there are places: %s', async (limit) => {
    expect(await race(taking(personal, 'owner', limit))).toBe(Number(limit));
  });

  it('all succeed where there is no limit, and are all counted', async () => {
    expect(await race(taking(personal, 'owner', UNLIMITED))).toBe(AT_ONCE);
    const used = await counters.used(database.manager, personal, { feature: 'things', countedBy: 'owner' });
    expect(used).toBe(BigInt(AT_ONCE));
  });

  it('share one total over two organizations and the personal space', async () => {
    const places = [personal, inTeam, inClub];
    let next = 0;
    const made = await race((tx) => taking(places[next++ % places.length], 'owner', 7n)(tx));
    expect(made).toBe(7);
  });

  it('hold the limit of each organization by itself', async () => {
    let next = 0;
    const made = await race((tx) => taking([inTeam, inClub][next++ % 2], 'organization', 4n)(tx));
    expect(made).toBe(8);
  });

  it('would make too many if the counter looked first and wrote afterwards', async () => {
    const everyoneHasLooked = meetingOf(AT_ONCE);
    const naive: Take = async (tx) => {
      const [row] = await tx.query<{ used: string }[]>('select used from capacity_counter');
      await everyoneHasLooked();
      if (Number(row?.used ?? 0) >= 1) return false;
      await counters.take(tx, personal, { feature: 'things', countedBy: 'owner', limit: UNLIMITED });
      return true;
    };
    expect(await race(naive)).toBe(AT_ONCE);
  });
});

describe('a count', () => {
  const limit = { feature: 'things', countedBy: 'owner', limit: 2n } as const;

  it('dies with the transaction that took it', async () => {
    const failing = transactions.run(async (tx) => {
      await counters.take(tx, personal, limit);
      throw new Error('the insert failed');
    });
    await expect(failing).rejects.toThrow('the insert failed');
    expect(await counters.used(database.manager, personal, limit)).toBe(0n);
  });

  it('comes back by giving back, once, and never falls below zero', async () => {
    await transactions.run((tx) => counters.take(tx, inTeam, limit));
    for (const _ of [1, 2, 3])
      await transactions.run((tx) => counters.giveBack(tx, inTeam, 'things', 'owner'));
    expect(await counters.used(database.manager, inTeam, limit)).toBe(0n);
    const answers = [];
    for (const _ of [1, 2, 3]) answers.push(await transactions.run((tx) => counters.take(tx, inTeam, limit)));
    expect(answers).toEqual([
      { taken: true, used: 0n },
      { taken: true, used: 1n },
      { taken: false, used: 2n },
    ]);
  });

  it('that stands over a lowered limit lets nothing in, and says how many there are', async () => {
    for (const _ of [1, 2]) await transactions.run((tx) => counters.take(tx, personal, limit));
    const lowered = { ...limit, limit: 1n };
    expect(await transactions.run((tx) => counters.take(tx, personal, lowered))).toEqual({
      taken: false,
      used: 2n,
    });
  });

  it('of one owner, feature or place does not touch another', async () => {
    await transactions.run((tx) => counters.take(tx, inTeam, { ...limit, countedBy: 'organization' }));
    const used = (place: typeof personal | typeof inTeam, feature: string): Promise<bigint> =>
      counters.used(database.manager, place, { feature, countedBy: 'organization' });
    expect(await used(inTeam, 'things')).toBe(1n);
    expect(await used(inClub, 'things')).toBe(0n);
    expect(await used(inTeam, 'others')).toBe(0n);
  });
});
