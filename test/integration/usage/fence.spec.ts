import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { BatchConnection, type BatchNote } from '../../../libs/usage/src/batches/batch-connection.js';
import { countGroups } from '../../../libs/usage/src/batches/fast-count.js';
import { FastGroup, groupKey, type Member } from '../../../libs/usage/src/batches/fast-group.js';
import type { Counting } from '../../../libs/usage/src/counters/counting.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { countsOf, meter, newOwner, NOON } from './usage-calls.js';

/** A connection whose statements reach the server only after another one took the epoch over, if `isLate` says so. */
class Connection extends BatchConnection {
  isLate = false;

  override single<Row>(text: string, parametersOf: (note: BatchNote) => readonly unknown[]) {
    return super.single<Row>(text, (note) => parametersOf(this.isLate ? { ...note, epoch: '0' } : note));
  }
}

let testDatabase: TestDatabase;
let database: DataSource;
let connection: Connection;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
  connection = new Connection({
    connection: { connectionString: testDatabase.url },
    writerId: randomUUID(),
    lockTimeoutMs: 2_000,
    answerWithinMs: 2_000,
    now: () => NOON,
  });
});

afterAll(async () => {
  await connection.close();
  await database.destroy();
  await testDatabase.drop();
});

/** A group of one call that tells `answers` when it is answered. */
function groupOf(ownerId: string, answers: string[]): FastGroup {
  const wish = meter();
  const counting: Counting = {
    ownerId,
    organizationId: null,
    principal: 'user:1',
    at: NOON,
    meters: [wish],
    key: null,
    grantId: randomUUID(),
    expiresAt: null,
  };
  const asker: Member = {
    ask: { kind: 'count', counting },
    isAnswered: false,
    answer: () => answers.push(ownerId),
    refuse: () => undefined,
  };
  const group = new FastGroup(groupKey(counting, wish), counting, wish);
  group.take(asker, wish);
  return group;
}

describe.each([
  ['one counter', 1],
  ['several counters', 3],
])('a statement of %s, sent over a connection that was given up', (_, size) => {
  it.each([
    ['counts nothing and answers nobody when it comes too late', true],
    ['counts all when it comes in time', false],
  ])('%s', async (__, isLate) => {
    const owners = Array.from({ length: size }, newOwner);
    const answers: string[] = [];
    connection.isLate = isLate;
    await countGroups(
      connection,
      owners.map((owner) => groupOf(owner, answers)),
      NOON,
    );
    expect(answers.toSorted()).toEqual(isLate ? [] : owners.toSorted());
    for (const owner of owners) expect((await countsOf(database, owner)).counters).toBe(isLate ? 0n : 1n);
  });
});
