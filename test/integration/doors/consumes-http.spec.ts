import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@tollgate/kernel';
import type { Answer } from '../../support/caller.js';
import { Gate } from '../../support/gate.js';
import { eventually } from '../../support/poll.js';
import { createDoorApp, type DoorApp } from './door-app.js';
import { type Person, personOn } from './door-town.js';
import { MeteredController } from './metered.controller.js';
import { Outside } from './outside.js';

const NOON = new Date('2027-03-10T12:00:00Z');
const MIDNIGHT = '2027-03-11T00:00:00.000Z';

describe.each(['fastify', 'express'] as const)('@Consumes on %s', (adapter) => {
  const clock = new ManualClock(NOON);
  let test: DoorApp;
  let person: Person;
  beforeAll(async () => {
    test = await createDoorApp({
      adapter,
      clock,
      controllers: [MeteredController],
      providers: [Outside],
    });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    clock.set(NOON);
    test.app.get(Outside).calls.length = 0;
    person = await personOn(test, 'pro');
  });

  const post = (path: string, body?: unknown, key?: string): Promise<Answer> =>
    test.anonymous
      .with({ ...person.headers, ...(key !== undefined && { 'idempotency-key': key }) })
      .post(`/metered/${path}`, body);
  const calls = (): readonly string[] => test.app.get(Outside).calls;

  /** Units in the counters of the person, of all windows together. */
  async function counted(feature: string): Promise<number> {
    const [row] = await test.database.query<{ used: number }[]>(
      'select coalesce(sum(used), 0)::int as used from usage_counter where owner_id = $1 and feature = $2',
      [person.ownerId, feature],
    );
    return row?.used ?? -1;
  }

  it('EE-05 answers 429 with the end of the window when the quota is used up, and counts nothing more', async () => {
    for (const _ of Array(5).keys()) (await post('runs', {})).expect(201);
    const answer = (await post('runs', {})).expect(429);
    expect(answer.body).toMatchObject({
      error: 'quota_exceeded',
      reason: 'quota_exceeded',
      limit: 5,
      used: 5,
      resetsAt: MIDNIGHT,
      retryAfter: 43_200,
    });
    expect(answer.headers.get('retry-after')).toBe('43200');
    expect(answer.headers.get('ratelimit')).toContain('"runs-per-day";r=0;t=43200');
    expect([await counted('runs'), calls().length]).toEqual([5, 5]);
  });

  it('EE-22 denies the 51st of a day on Pro, and the next day in UTC begins with none', async () => {
    clock.set(new Date('2027-03-10T23:59:59Z'));
    const answers = await Promise.all(Array.from({ length: 51 }, () => post('exports')));
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      ...Array.from({ length: 50 }, () => 201),
      429,
    ]);
    clock.set(new Date(MIDNIGHT));
    (await post('exports')).expect(201);
    expect(await counted('exports')).toBe(51);
  });

  it('tells a rate and a quota of one route both', async () => {
    const answer = (await post('rushed')).expect(201);
    expect(answer.headers.get('ratelimit')).toMatch(/r=99;.*"rushed-per-day";r=1;/s);
    await post('rushed');
    expect((await post('rushed')).expect(429).headers.get('ratelimit')).toMatch(/r=97;.*r=0;/s);
  });

  it('counts before the handler runs: what it throws of ours comes back, what the caller caused stays', async () => {
    for (const status of [500, 503, 408, 0]) await post(`runs/ending/${status}`);
    expect([calls().length, await counted('runs')]).toEqual([4, 0]);
    for (const status of [400, 404, 422]) (await post(`runs/ending/${status}`)).expect(status);
    expect(await counted('runs')).toBe(3);
  });

  it('believes the status that a handler writes itself', async () => {
    (await post('runs/writing/500')).expect(500);
    expect(await counted('runs')).toBe(0);
    (await post('runs/writing/202')).expect(202);
    expect(await counted('runs')).toBe(1);
  });

  it('keeps a charge on the attempt also when we fail, but nothing for what never began', async () => {
    (await post('reviews/ending/nonsense')).expect(400);
    expect(await counted('reviews')).toBe(0);
    (await post('reviews/ending/500')).expect(500);
    expect(await counted('reviews')).toBe(1);
  });

  it('keeps the charge of a caller who hangs up: the work goes on', async () => {
    const outside = test.app.get(Outside);
    outside.goOn = new Gate();
    const hangUp = new AbortController();
    const answer = fetch(`${await test.app.getUrl()}/metered/runs/long`, {
      method: 'POST',
      headers: person.headers,
      signal: hangUp.signal,
    });
    await eventually(async () => calls().includes('long'));
    hangUp.abort();
    await expect(answer).rejects.toThrow();
    outside.goOn.open();
    await eventually(async () => calls().includes('done'));
    const states = (): Promise<{ state: string }[]> =>
      test.database.query('select state from usage_grant where owner_id = $1', [person.ownerId]);
    await eventually(async () => (await states()).every(({ state }) => state !== 'reserved'));
    expect([await states(), await counted('runs')]).toEqual([[{ state: 'committed' }], 1]);
  });

  it('charges nothing for what a pipe or a later guard refuses', async () => {
    (await post('runs/ending/nonsense')).expect(400);
    (await post('runs/guarded')).expect(403);
    (await post('runs', { units: 0 })).expect(400);
    (await post('runs', { units: 1.5 })).expect(400);
    expect([await counted('runs'), calls()]).toEqual([0, []]);
  });

  it('counts two quotas both or none', async () => {
    for (const _ of Array(3).keys()) (await post('both')).expect(201);
    expect((await post('both')).expect(429).body).toMatchObject({ feature: 'reviews' });
    expect([await counted('runs'), await counted('reviews')]).toEqual([3, 3]);
  });

  it('answers a repeated key 409 with the first decision, and does not run again', async () => {
    (await post('runs', {}, 'key-1')).expect(201);
    const again = (await post('runs', {}, 'key-1')).expect(409);
    expect(again.body).toMatchObject({
      error: 'duplicate_request',
      details: { decision: { allowed: true, feature: 'runs', used: 1, remaining: 4 } },
    });
    expect((await post('runs', { units: 2 }, 'key-1')).expect(409).body['error']).toBe(
      'idempotency_mismatch',
    );
    expect([await counted('runs'), calls()]).toEqual([1, ['run']]);
  });

  it('lets a key be used again whose units came back', async () => {
    (await post('runs/ending/500', {}, 'key-1')).expect(500);
    (await post('runs/ending/404', {}, 'key-1')).expect(404);
    (await post('runs/ending/404', {}, 'key-1')).expect(409);
    expect(await counted('runs')).toBe(1);
  });

  it('runs only one of many requests with one key that arrive together', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('runs', {}, 'key-1')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect([await counted('runs'), calls()]).toEqual([1, ['run']]);
  });

  it('SB-33 counts beyond the limit where overage is sold, and says so', async () => {
    person = await personOn(test, 'gold');
    for (const _ of Array(5).keys()) (await post('runs', {})).expect(201);
    (await post('runs', {})).expect(201);
    const [row] = await test.database.query<{ units: number }[]>(
      'select sum(quantity)::int as units from usage_overage where owner_id = $1',
      [person.ownerId],
    );
    expect(row?.units).toBe(1);
  });
});
