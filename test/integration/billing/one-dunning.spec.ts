import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type PaymentProvider, ProviderRegistry } from '@tollgate/billing';
import { WorkHandlers } from '@tollgate/kernel';
import { SYNC_SUBSCRIPTION } from '../../../libs/billing/src/subscription-sync/inbox.service.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { holdEvents } from '../../support/sandbox-events.js';
import { pay } from '../../support/sandbox-sales.js';

const HOUR_MS = 3_600_000;

describe('the grace of one dunning', () => {
  let test: TestApp;
  let provider: PaymentProvider;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ runsWork: false });
    await holdEvents(test);
    provider = test.app.get(ProviderRegistry).get('polar');
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
  });
  afterAll(() => test.close());

  /** What is shown once the provider has told this status, and since when a payment is due. */
  const told = async (status: 'active' | 'past_due', pastDueSince: Date | null): Promise<unknown> => {
    const standing = await provider.fetchSubscription(id);
    const answer = standing && { ...standing, status, rawStatus: status, pastDueSince };
    jest.spyOn(provider, 'fetchSubscription').mockResolvedValueOnce(answer);
    const payload = { provider: 'polar', subscriptionId: id };
    await test.app
      .get(WorkHandlers)
      .of(SYNC_SUBSCRIPTION)
      .handle({ id: 'item', kind: SYNC_SUBSCRIPTION, key: `polar:${id}`, payload, attempts: 0 });
    return (await subscriptionOf(person))['pastDueSince'];
  };
  const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * HOUR_MS);

  it('counts from the earliest failure that was told, until the payment has come', async () => {
    const [first, second, third] = [hoursAgo(30), hoursAgo(20), hoursAgo(10)];
    expect(await told('past_due', second)).toBe(second.toISOString());
    expect(await told('past_due', third)).toBe(second.toISOString());
    expect(await told('past_due', null)).toBe(second.toISOString());
    expect(await told('past_due', first)).toBe(first.toISOString());
    expect(await told('active', null)).toBeNull();
    expect(await told('past_due', third)).toBe(third.toISOString());
  });
});
