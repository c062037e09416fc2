import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, signatureOf } from '../../support/deliveries.js';
import { hangUpAndClose } from '../../support/hang-up.js';
import { register } from '../../support/people.js';
import { holdEvents, workedOff } from '../../support/sandbox-events.js';
import { fetchesOf, happens, pay, subscriptionsAt } from '../../support/sandbox-sales.js';
import { startNode } from '../../support/second-node.js';

const TYPES = ['created', 'active', 'updated', 'canceled', 'uncanceled', 'revoked'];
/** What is to become of each of the five subscriptions. */
const FATES = [[], ['cancel'], ['revoke'], ['cancel', 'uncancel'], ['fail-payment']];

describe('two workers on one database', () => {
  let test: TestApp;
  let workers: NestFastifyApplication[] = [];
  let ids: string[] = [];

  beforeAll(async () => {
    test = await createTestApp({ runsWork: false });
    await holdEvents(test);
    ids = [];
    for (const _ of FATES)
      ids.push(await pay(test, await register(test), { plan: 'pro', interval: 'month' }));
  });
  afterAll(async () => {
    for (const worker of workers) await worker.close();
    await hangUpAndClose(test);
  });

  /** All six types about each subscription, each twice, in an order of chance. */
  const deliverAll = async (): Promise<void> => {
    const deliveries = ids.flatMap((id) =>
      TYPES.flatMap((type) => {
        const body = eventBytes('polar', `subscription.${type}`, { id });
        const headers = signatureOf('polar', body);
        return [
          { body, headers },
          { body, headers },
        ];
      }),
    );
    const shuffled = deliveries.map((one) => ({ one, at: Math.random() })).toSorted((a, b) => a.at - b.at);
    const answers = await Promise.all(shuffled.map(({ one }) => deliver(test, one.body, one.headers)));
    for (const answer of answers) answer.expect(202);
  };
  const expectEqualToProvider = async (): Promise<void> => {
    const there = await subscriptionsAt(test);
    const rows = await test.database.query<{ id: string; status: string; cancel: boolean; ended: boolean }[]>(
      `select id, status, cancel_at is not null as cancel, ended_at is not null as ended from provider_subscription`,
    );
    expect(rows.toSorted((one, other) => one.id.localeCompare(other.id))).toEqual(
      ids
        .toSorted((one, other) => one.localeCompare(other))
        .map((id) => ({
          id,
          status: there[id]?.['status'],
          cancel: there[id]?.['cancel_at_period_end'],
          ended: there[id]?.['ended_at'] !== null,
        })),
    );
  };

  it('make one fetch cover all events that wait for a subscription', async () => {
    for (const [index, fate] of FATES.entries())
      for (const what of fate) await happens(test, ids[index] ?? '', what);
    await deliverAll();
    await test.sandbox.control.delete('/_control/requests');
    workers = [await startNode(test), await startNode(test)];
    await workedOff(test);
    expect(await fetchesOf(test)).toEqual(new Map(ids.map((id) => [id, 1])));
    await expectEqualToProvider();
  });

  it('end with rows equal to the provider when everything arrives while they work', async () => {
    await happens(test, ids[0] ?? '', 'cancel');
    await happens(test, ids[1] ?? '', 'uncancel');
    await happens(test, ids[4] ?? '', 'recover');
    await test.sandbox.control.delete('/_control/requests');
    await deliverAll();
    await workedOff(test);
    await expectEqualToProvider();
    for (const count of (await fetchesOf(test)).values()) expect(count).toBeLessThanOrEqual(TYPES.length + 1);
    const states = await test.database.query('select distinct state from inbox_event');
    expect(states).toEqual([{ state: 'handled' }]);
    expect(await test.database.query(`select 1 from work_item where state = 'dead'`)).toEqual([]);
  });

  it('have kept every event once', async () => {
    const [row] = await test.database.query<{ count: number }[]>(
      'select count(*)::int as count from inbox_event',
    );
    expect(row?.count).toBe(2 * ids.length * TYPES.length);
  });
});
