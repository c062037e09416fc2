import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { workedOff } from '../../support/sandbox-events.js';
import { changePlan, paidFor, subscriptionsAt } from '../../support/sandbox-sales.js';

const ENTERPRISE = { plan: 'enterprise', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month', seats: 2 } as const;
const MINUTE_MS = 60_000;

// Stripe has the new price for up to an hour before it holds here.
describe('a downgrade at stripe in the last hour of the period', () => {
  let test: TestApp;
  let person: Person;
  let id: string;
  let end: Date;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    await buy(test, person, { ...ENTERPRISE, seats: 5 });
    (await person.call.post('/v1/subscription/change', TEAM)).expect(202);
    const { providerSubscriptionId, currentPeriodEnd } = await subscriptionOf(person);
    id = String(providerSubscriptionId);
    end = new Date(String(currentPeriodEnd));
  });

  const arrived = async (): Promise<void> => {
    await test.sandbox.flush();
    await workedOff(test);
  };
  const minutesFromEnd = async (minutes: number): Promise<void> => {
    await test.moveClock(new Date(end.getTime() + minutes * MINUTE_MS));
    await arrived();
  };

  it('is shown until its time, and any other wish is told when it can be made again', async () => {
    await minutesFromEnd(-30);
    expect(await subscriptionOf(person)).toMatchObject({
      plan: 'enterprise',
      pendingChange: { ...TEAM, effectiveAt: end.toISOString() },
    });
    const at = '/v1/subscription/change';
    for (const answer of [
      await person.call.post(at, { ...ENTERPRISE, seats: 60 }),
      await person.call.post(at, { ...ENTERPRISE, seats: 2 }),
      await person.call.post(`${at}/preview`, { ...ENTERPRISE, seats: 60 }),
      await person.call.delete(at),
    ])
      expect(answer.expect(409).body).toMatchObject({
        error: 'change_under_way',
        details: { effectiveAt: end.toISOString() },
      });
    expect((await subscriptionsAt(test))[id]).toMatchObject({ items: { data: [{ quantity: 2 }] } });

    await minutesFromEnd(2);
    expect(await subscriptionOf(person)).toMatchObject({ ...TEAM, pendingChange: null });
    expect(await paidFor(test, id)).toBe(30_000 + 6_000);
    (await person.call.post(at, { ...ENTERPRISE, seats: 2 })).expect(202);
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'enterprise');
  });

  it('calls staff when another plan is there by then, and nothing is sent', async () => {
    const pro = SANDBOX_CATALOG.find(({ key }) => key === 'pro_monthly');
    if (!pro) throw new Error('pro is not on sale');
    await changePlan(test, 'stripe', id, pro);
    await settled(test, async () => (await subscriptionOf(person))['plan'] === 'pro');
    await minutesFromEnd(-30);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', pendingChange: null });
    const alerts = await test.database.query<{ details: object }[]>(
      `select details from billing_alert where kind = 'pending_change_dropped' and resolved_at is null`,
    );
    expect(alerts).toEqual([
      { details: expect.objectContaining({ subscriptionId: id, wished: 'team', held: 'pro' }) },
    ]);
  });
});
