import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { workedOff } from '../../support/sandbox-events.js';
import { changePlan, requestsTo } from '../../support/sandbox-sales.js';
import { startNode } from '../../support/second-node.js';
import { createOrganization, join } from '../../support/tenants.js';
import { WorkerProcess } from '../../support/worker-process.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month', seats: 2 } as const;
/** A process starts, connects and gets its first row of work. */
const START_MS = 60_000;

describe.each(['polar', 'stripe'] as const)('a command to %s whose sender is killed', (provider) => {
  let test: TestApp;
  let person: Person;
  let node: NestFastifyApplication | undefined;

  beforeAll(async () => {
    test = await createTestApp({ provider, runsWork: false });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    await workUntil(() => buy(test, person, PRO));
  });
  afterEach(async () => {
    await node?.close();
    node = undefined;
  });

  /** Lets a worker run that lives until what is to be seen was seen. */
  const workUntil = async (seen: () => Promise<void>): Promise<void> => {
    node = await startNode(test);
    await seen();
    await workedOff(test);
    await node.close();
    node = undefined;
  };
  const wish = async (what: string, body: object = {}): Promise<string> => {
    const answer = (await person.call.post(`/v1/subscription/${what}`, body)).expect(202).body;
    return String((answer['command'] as { id: string } | undefined)?.id ?? answer['id']);
  };
  const commandOf = async (id: string): Promise<Record<string, unknown>> =>
    (await person.call.get(`/v1/subscription/commands/${id}`)).expect(200).body;
  const writes = async (): Promise<string[]> => {
    const id = String((await subscriptionOf(person))['providerSubscriptionId']);
    return (await requestsTo(test))
      .filter(({ method, path }) => method !== 'GET' && path.includes(id))
      .map(({ method, body }) => `${method} ${JSON.stringify(body)}`);
  };
  /**
   * Has a process send what waits, and kills it when the provider has answered and nothing is committed yet: what it
   * would write waits for a lock of ours. Answers how often it wrote to the provider.
   */
  const killBeforeCommit = async (): Promise<number> => {
    await test.sandbox.control.delete('/_control/requests');
    const ours = test.database.createQueryRunner();
    await ours.startTransaction();
    await ours.query('lock table plan_change in exclusive mode');
    const worker = WorkerProcess.start(test, provider);
    try {
      await eventually(async () => {
        const waiting = `select 1 from pg_locks where not granted and relation = 'plan_change'::regclass`;
        return (await test.database.query<object[]>(waiting)).length > 0;
      }, START_MS);
    } finally {
      await worker.kill();
      await ours.rollbackTransaction();
      await ours.release();
    }
    return (await writes()).length;
  };
  /** The time passes after which a dead worker's work is taken over. */
  const takeOver = async (): Promise<void> => {
    await test.database.query(
      `update lease set expires_at = clock_timestamp() where expires_at > clock_timestamp()`,
    );
    await test.database.query('update work_item set leased_until = null');
  };
  /** Starts again; answers what became of the command, and what was written to the provider for it. */
  const restart = async (command: string): Promise<{ state: unknown; written: string[] }> => {
    expect(await commandOf(command)).toMatchObject({ state: 'pending' });
    await test.sandbox.control.delete('/_control/requests');
    await takeOver();
    await workUntil(() =>
      eventually(async () => (await commandOf(command))['state'] !== 'pending').then(() => {}),
    );
    return { state: (await commandOf(command))['state'], written: await writes() };
  };

  it.each([
    ['change', TEAM, { plan: 'team', seats: 2 }],
    ['pause', {}, { pause: expect.anything() }],
    ['cancel', {}, { cancelAt: expect.any(String) }],
  ])('P2 to %s is not sent again: the subscription is read, and shows it', async (what, body, standing) => {
    const command = await wish(what, body);
    expect(await killBeforeCommit()).toBeGreaterThan(0);
    expect(await restart(command)).toEqual({ state: 'done', written: [] });
    expect(await subscriptionOf(person)).toMatchObject(standing);
  });

  it('P2 to change the plan is sent with the seats of now, when somebody joined meanwhile', async () => {
    const organization = await createOrganization(test, person);
    const command = await wish('change', TEAM);
    expect(await killBeforeCommit()).toBeGreaterThan(0);
    for (let joined = 0; joined < 3; joined += 1) await join(test, organization, await register(test));
    const { state, written } = await restart(command);
    expect({ state, written: written.length }).toEqual({ state: 'done', written: 1 });
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', seats: 4 });
  });

  if (provider === 'stripe')
    it('P2 changes nothing by its second arrival, when the plan was changed back meanwhile', async () => {
      const command = await wish('change', TEAM);
      expect(await killBeforeCommit()).toBe(1);
      const id = String((await subscriptionOf(person))['providerSubscriptionId']);
      const pro = SANDBOX_CATALOG.find(({ key }) => key === 'pro_monthly');
      if (!pro) throw new Error('pro is not on sale');
      await changePlan(test, provider, id, pro);
      expect(await restart(command)).toEqual({ state: 'done', written: [expect.any(String)] });
      expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro' });
    });
});
