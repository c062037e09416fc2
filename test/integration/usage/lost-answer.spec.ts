import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { SystemClock, UuidV7Generator } from '@tollgate/kernel';
import { UsageBatches } from '../../../libs/usage/src/batches/usage-batches.service.js';
import { type ConsumeRequest, UsageMeter } from '../../../libs/usage/src/index.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { asking, callsAtOnce, countsOf, granted, meter, newOwner, NOON } from './usage-calls.js';

class ClockAtNoon extends SystemClock {
  override now(): Date {
    return NOON;
  }
}

let testDatabase: TestDatabase;
let database: DataSource;
let proxy: TcpProxy;
let batches: UsageBatches;
let usage: UsageMeter;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
  proxy = await startTcpProxy(testDatabase.url);
  const [clock, ids] = [new ClockAtNoon(), new UuidV7Generator()];
  const behindProxy = new DataSource({ type: 'postgres', url: proxy.url });
  batches = new UsageBatches(behindProxy, clock, ids);
  usage = new UsageMeter(batches, clock, ids);
});

afterAll(async () => {
  await batches.onApplicationShutdown();
  await proxy.close();
  await database.destroy();
  await testDatabase.drop();
});

describe('a batch that was committed, but whose answer got lost', () => {
  it('counts nothing twice and grants nothing that was not counted', async () => {
    const owners = [newOwner(), newOwner(), newOwner()];
    const limits = [10n, 2n, 10n];
    await usage.consume(asking(newOwner()));
    proxy.loseNextAnswer();
    const answers = await callsAtOnce([usage], 12, (call) =>
      asking(owners[call % 3] ?? '', { meters: [meter({ limit: limits[call % 3] })] }),
    );
    const grants = owners.map((_, place) => granted(answers.filter((__, call) => call % 3 === place)));
    expect(grants).toEqual([4, 2, 4]);
    for (const [place, owner] of owners.entries()) {
      const counted = BigInt(grants[place] ?? 0);
      expect(await countsOf(database, owner)).toMatchObject({ counters: counted, buckets: counted });
    }
    expect(proxy.attempts()).toBe(2);
  });
});

/** One statement counts the first kind as a whole; the second kind ends with a commit of its own. */
const KINDS = [
  { kind: 'one meter', words: 'run-5', features: ['executions'] },
  { kind: 'two meters', words: 'commit\0', features: ['executions', 'ai_review'] },
];
const HALVES = [
  { half: 'were counted', what: 'answer', counted: true },
  { half: 'were not', what: 'request', counted: false },
  { half: 'were counted by a server that then shut down', what: 'shutdown', counted: true },
] as const;

describe.each(KINDS)('units of $kind with keys, when nobody hears of their commit', ({ words, features }) => {
  const calls = (ownerId: string): ConsumeRequest[] =>
    Array.from({ length: 8 }, (_, call) =>
      asking(ownerId, {
        key: `run-${call}`,
        meters: features.map((feature) => meter({ feature, limit: 100n })),
      }),
    );
  const all = (ownerId: string) => Promise.all(calls(ownerId).map((call) => usage.consume(call)));
  const expectCountedOnce = async (ownerId: string): Promise<void> => {
    const units = 8n * BigInt(features.length);
    expect(await countsOf(database, ownerId)).toEqual({ counters: units, buckets: units, grants: units });
  };

  it.each(HALVES)('are counted once, and granted, if they $half', async ({ what }) => {
    const owner = newOwner();
    await usage.consume(asking(newOwner()));
    proxy.lose(words, { what, thenCut: false });
    const answers = await all(owner);
    expect(granted(answers)).toBe(8);
    await expectCountedOnce(owner);
  });

  it.each(HALVES)('are counted once by a retry, after nobody could be asked, if they $half', async (lost) => {
    const owner = newOwner();
    await usage.consume(asking(newOwner()));
    proxy.lose(words, { what: lost.what, thenCut: true });
    for (const call of await Promise.allSettled(calls(owner).map((wish) => usage.consume(wish))))
      expect(call).toMatchObject({ status: 'rejected', reason: { code: 'usage_unavailable' } });
    proxy.mend();
    const answers = await all(owner);
    expect(answers.map((answer) => answer.granted && answer.replayed)).toEqual(
      answers.map(() => lost.counted),
    );
    await expectCountedOnce(owner);
  });
});

/** A lane is given back a turn of the event loop after its last answer; the next batch then takes the first one. */
async function lanesAreFree(): Promise<void> {
  for (let turns = 0; turns < 2; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('a lone unit, when nobody hears of its commit', () => {
  it.each(HALVES)('is counted once, and granted, if units $half', async ({ what }) => {
    const owner = newOwner();
    // What the batch before had to leave out, its first row, is no word about this one.
    const two = [newOwner(), newOwner()].toSorted();
    await lanesAreFree();
    const outcomes = await callsAtOnce([usage], 2, (call) =>
      asking(two[call] ?? '', { meters: [meter({ limit: BigInt(call) })] }),
    );
    expect(granted(outcomes)).toBe(1);
    await lanesAreFree();
    proxy.lose('user:lone', { what, thenCut: false });
    const answer = await usage.consume(asking(owner, { principal: 'user:lone' }));
    expect(answer).toMatchObject({ granted: true, meters: [{ used: 1n }] });
    expect(await countsOf(database, owner)).toMatchObject({ counters: 1n, buckets: 1n });
  });

  it.each(HALVES)(
    'is refused where there is no room, if its question or answer got lost ($what)',
    async (lost) => {
      const owner = newOwner();
      proxy.lose('user:lone', { what: lost.what, thenCut: false });
      const wish = asking(owner, { principal: 'user:lone', meters: [meter({ limit: 0n })] });
      expect(await usage.consume(wish)).toMatchObject({ granted: false });
      expect(await countsOf(database, owner)).toMatchObject({ counters: 0n, buckets: 0n });
    },
  );
});

describe('a database that stands still', () => {
  it('is told as unavailable within 3 s to everybody who waits, and once it goes on all keys count once', async () => {
    const owner = newOwner();
    const calls = Array.from({ length: 200 }, (_, call) =>
      asking(owner, { key: `run-${call}`, meters: [meter({ limit: 1_000n })] }),
    );
    await usage.consume(asking(newOwner()));
    proxy.freeze();
    // The bound of the fault table, not a measure of speed.
    const tooLate = once(AbortSignal.timeout(3_000), 'abort').then(() => []);
    const outcomes = await Promise.race([
      Promise.allSettled(calls.map((call) => usage.consume(call))),
      tooLate,
    ]);
    expect(outcomes).toHaveLength(200);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'usage_unavailable' } });
    proxy.thaw();
    expect(granted(await Promise.all(calls.map((call) => usage.consume(call))))).toBe(200);
    expect(await countsOf(database, owner)).toEqual({ counters: 200n, buckets: 200n, grants: 200n });
  });
});
