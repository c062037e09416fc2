import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '@tollgate/kernel';
import type { Answer, Caller } from '../../support/caller.js';
import { pick, seeded } from '../../support/histories/random.js';
import { mostInAnySpan, NaiveRates } from '../rates/naive-rates.js';
import { createDoorApp, type DoorApp, type DoorNodeOptions, startDoorNode } from './door-app.js';
import type { DoorNode } from './door-node.js';
import { headersOf, type Person, personOn, setMembers, teamOf } from './door-town.js';
import { MeteredController } from './metered.controller.js';
import { Outside } from './outside.js';

const NOON = new Date('2027-03-10T12:00:00Z').getTime();
/** Pauses between calls (ms): bursts, edges of the windows to the millisecond. */
const PAUSES = [0, 0, 0, 0, 0, 0, 0, 1, 250, 999, 1_000, 1_001, 2_000, 3_333, 5_000, 10_000];
/** The first of the crew calls as often as the others together. */
const CALLING = [0, 0, 0, 1, 2];

describe('G17 rates at doors of two processes', () => {
  const clock = new ManualClock(new Date(NOON));
  const options: DoorNodeOptions = { clock, controllers: [MeteredController], providers: [Outside] };
  let test: DoorApp;
  let nodes: readonly [DoorNode, DoorNode];
  beforeAll(async () => {
    test = await createDoorApp(options);
    nodes = [test, await startDoorNode(test.url, options)];
  });
  afterAll(async () => {
    await nodes[1].close();
    await test.close();
  });

  interface Crew {
    readonly team: string;
    readonly members: readonly Person[];
  }

  async function crew(): Promise<Crew> {
    const members: [Person, ...Person[]] = [
      await personOn(test, 'pro'),
      await personOn(test, null),
      await personOn(test, null),
    ];
    const team = teamOf(members[0]);
    await setMembers(
      test,
      team,
      members.map(({ userId }) => userId),
    );
    return { team, members };
  }

  const callerOf = ({ team, members }: Crew, member: number, node: number): Caller =>
    nodes[node % 2 === 0 ? 0 : 1].anonymous.with({
      ...members[member]?.headers,
      'tollgate-organization': team,
    });

  /** Grants that were ever counted of a key. */
  async function granted(key: string): Promise<number> {
    const [row] = await test.database.query<{ granted: string }[]>(
      'select granted from rate_log where key = $1',
      [key],
    );
    return Number(row?.granted ?? 0);
  }

  const isLet = ({ status }: Answer): boolean => {
    expect([200, 201, 429]).toContain(status);
    return status !== 429;
  };

  it('let in what fits every sliding window of the user and of the organization, and say when to come back', async () => {
    const { team, members } = await crew();
    const ofUsers = members.map(({ userId }) => ({ key: userId, limit: 4, perSeconds: 5 }));
    const ofTeam = { key: team, limit: 8, perSeconds: 10 };
    const naive = new NaiveRates();
    const random = seeded(6);
    const refusals = { user: 0, team: 0, both: 0 };
    let at = NOON;
    for (let call = 0; call < 240; call += 1) {
      at += pick(random, PAUSES);
      clock.set(new Date(at));
      const member = pick(random, CALLING);
      const ofUser = ofUsers[member] ?? ofTeam;
      const rates = [ofUser, ofTeam];
      const answer = await callerOf({ team, members }, member, call).get('/metered/paced');
      expect([call, isLet(answer)]).toEqual([call, naive.allows(rates, at)]);
      if (isLet(answer)) {
        naive.record(rates, at);
        continue;
      }
      const wait = Number(answer.headers.get('retry-after'));
      expect(answer.body).toMatchObject({ reason: 'rate_limited', retryAfter: wait });
      expect(naive.allows(rates, at + wait * 1_000)).toBe(true);
      expect(naive.allows(rates, at + (wait - 1) * 1_000)).toBe(false);
      refusals[naive.allows([ofTeam], at) ? 'user' : naive.allows([ofUser], at) ? 'team' : 'both'] += 1;
    }
    // A walk on which one of them is never the reason would prove nothing about it.
    for (const count of Object.values(refusals)) expect(count).toBeGreaterThanOrEqual(5);
    for (const { rate, most } of naive.most()) expect(most).toBeLessThanOrEqual(rate.limit);
  });

  it('let in no more when all call at once, and count no refused call against any key', async () => {
    const { team, members } = await crew();
    const grants = new Map<string, number[]>(
      [team, ...members.map(({ userId }) => userId)].map((key) => [key, []]),
    );
    for (let round = 0; round < 12; round += 1) {
      const at = NOON + 10_000_000 + round * 3_100;
      clock.set(new Date(at));
      await Promise.all(
        Array.from({ length: 18 }, async (_, call) => {
          const member = (round + call) % 3;
          if (!isLet(await callerOf({ team, members }, member, call).get('/metered/paced'))) return;
          for (const key of [team, members[member]?.userId ?? '']) grants.get(key)?.push(at);
        }),
      );
    }
    expect(mostInAnySpan(grants.get(team) ?? [], 10)).toBe(8);
    expect(await granted(`paced:organization:${team}`)).toBe(grants.get(team)?.length);
    for (const { userId } of members) {
      expect(mostInAnySpan(grants.get(userId) ?? [], 5)).toBeLessThanOrEqual(4);
      expect(await granted(`paced:user:${userId}`)).toBe(grants.get(userId)?.length);
    }
  });

  it('EE-18 hold each key of an organization by its own window, and all of them by the shared one', async () => {
    const { team } = await crew();
    const key = (keyId: string, node: number): Promise<Answer> =>
      nodes[node % 2 === 0 ? 0 : 1].anonymous
        .with(headersOf({ kind: 'api_key', keyId: `${team} ${keyId}`, userId: null, organizationId: team }))
        .get('/metered/keyed');
    clock.set(new Date(NOON + 20_000_000));
    const one = await Promise.all([0, 1, 2, 3].map((node) => key('one', node)));
    expect(one.filter(isLet)).toHaveLength(2);
    const other = await Promise.all([0, 1, 2, 3].map((node) => key('other', node)));
    expect(other.filter(isLet)).toHaveLength(1);
    expect(await granted(`keyed:api_key:${team} other`)).toBe(1);
    clock.set(new Date(NOON + 20_060_000));
    expect((await Promise.all([0, 1, 2].map((node) => key('other', node)))).filter(isLet)).toHaveLength(2);
  });

  it('spend of all features of a call or of none, and nothing where an earlier layer refuses one of them', async () => {
    clock.set(new Date(NOON + 30_000_000));
    const [pro, gold] = [await personOn(test, 'pro'), await personOn(test, 'gold')];
    const rush = ({ headers }: Person): Promise<Answer> =>
      test.anonymous.with(headers).post('/metered/rushed/and/tight');
    expect((await rush(pro)).expect(403).body).toMatchObject({ feature: 'tight', reason: 'plan_required' });
    expect(await granted(`rushed:owner:${pro.ownerId}`)).toBe(0);
    (await rush(gold)).expect(201);
    const refused = (await rush(gold)).expect(429);
    expect(refused.body).toMatchObject({ feature: 'tight', reason: 'rate_limited', retryAfter: 60 });
    expect(refused.headers.get('ratelimit')).toMatch(/r=99;.*r=0;t=60/s);
    expect(await granted(`rushed:owner:${gold.ownerId}`)).toBe(1);
  });
});
