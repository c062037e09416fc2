import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PaymentProvider } from '../../libs/billing/src/providers/payment-provider.js';
import type { CallLimits } from '../../libs/billing/src/providers/provider-gate.js';
import { eventually } from '../support/poll.js';
import { AnswerStub, type StubAnswer } from './answer-stub.js';
import { outcomeOf } from './outcome.js';

/** What the suite needs of one provider. */
export interface GateSubject {
  readonly provider: (baseUrl: string, limits: Partial<CallLimits>) => PaymentProvider;
  /** A subscription as the provider's API answers it. */
  readonly subscription: Record<string, unknown>;
}

const DOWN: StubAnswer = { status: 503, body: '<html>' };
const MANY = { callsPerMinute: 60_000 };

/** What stands between us and a provider that is down, slow, or tired of us. */
export function describeProviderGate(name: string, { provider, subscription }: GateSubject): void {
  const id = String(subscription['id']);
  const found: StubAnswer = { body: JSON.stringify(subscription) };
  let stub: AnswerStub;
  beforeAll(async () => {
    stub = await AnswerStub.start();
  });
  afterAll(() => stub.stop());
  const causeOf = (error: unknown): string => String(error instanceof Error ? error.cause : error);

  describe(`the circuit to ${name}`, () => {
    it('opens when most attempts fail, refuses at once without a call, and closes after a probe', async () => {
      const limits = { ...MANY, attemptsToOpen: 6, openMilliseconds: 300 };
      const adapter = provider(stub.url, limits);
      stub.answer(DOWN);
      for (let call = 0; call < 3; call += 1) await outcomeOf(adapter.fetchSubscription(id));
      const before = stub.calls.length;
      const refused = await outcomeOf(adapter.fetchSubscription(id));
      expect(refused).toMatchObject({ code: 'provider_unavailable', retryAfter: 1 });
      expect(causeOf(refused)).toContain('circuit_open');
      expect(stub.calls).toHaveLength(before);
      stub.answer(found);
      await eventually(async () => !((await outcomeOf(adapter.fetchSubscription(id))) instanceof Error));
      expect(await adapter.fetchSubscription(id)).toMatchObject({ id });
    });

    it('opens again when the probe fails, with one call only', async () => {
      const limits = { ...MANY, attemptsToOpen: 3, openMilliseconds: 1_500 };
      const adapter = provider(stub.url, limits);
      stub.answer(DOWN);
      await outcomeOf(adapter.fetchSubscription(id));
      expect(causeOf(await outcomeOf(adapter.fetchSubscription(id)))).toContain('circuit_open');
      const before = stub.calls.length;
      await eventually(async () => {
        await outcomeOf(adapter.fetchSubscription(id));
        return stub.calls.length > before;
      });
      expect(stub.calls.length).toBe(before + 1);
      expect(causeOf(await outcomeOf(adapter.fetchSubscription(id)))).toContain('circuit_open');
    });

    it('stays closed over refusals: the provider answers', async () => {
      const adapter = provider(stub.url, { ...MANY, attemptsToOpen: 3 });
      stub.answer({ status: 401, body: JSON.stringify({ error: 'Unauthorized' }) });
      for (let call = 0; call < 8; call += 1) {
        expect(await outcomeOf(adapter.fetchSubscription(id))).toMatchObject({ code: 'provider_refused' });
      }
      expect(stub.calls).toHaveLength(8);
    });

    it('of one adapter is no other’s', async () => {
      const broken = provider(stub.url, { ...MANY, attemptsToOpen: 3 });
      const other = provider(stub.url, MANY);
      stub.answer(DOWN);
      await outcomeOf(broken.fetchSubscription(id));
      stub.answer(found);
      expect(causeOf(await outcomeOf(broken.fetchSubscription(id)))).toContain('circuit_open');
      expect(await other.fetchSubscription(id)).toMatchObject({ id });
    });
  });

  describe(`a limit of ${name}`, () => {
    it('is obeyed: nobody calls before the time that it named', async () => {
      const adapter = provider(stub.url, MANY);
      const body = JSON.stringify({ error: { type: 'rate_limit_error' } });
      stub.answer({ status: 429, headers: { 'retry-after': '30' }, body }, found);
      expect(await outcomeOf(adapter.fetchSubscription(id))).toMatchObject({ retryAfter: 30 });
      const refused = await outcomeOf(adapter.fetchSubscription(id));
      expect(refused).toMatchObject({ code: 'provider_unavailable' });
      expect(causeOf(refused)).toContain('asked_to_wait');
      expect(stub.calls).toHaveLength(1);
    });

    it('is not reached by us: more calls than our budget wait their turn', async () => {
      // A tenth of a minute's calls may go out in every six seconds: two of these three at once.
      const adapter = provider(stub.url, { callsPerMinute: 20 });
      stub.answer(found);
      const calls = [1, 2, 3].map(() => adapter.fetchSubscription(id));
      const arrived = (): number => stub.calls.filter(({ path }) => path !== '/').length;
      await Promise.all(calls.slice(0, 2));
      // Time enough for a third call to arrive, if nothing held it.
      for (const _round of [1, 2, 3, 4, 5]) await fetch(stub.url);
      expect(arrived()).toBe(2);
      expect(await Promise.all(calls)).toHaveLength(3);
      expect(arrived()).toBe(3);
    });

    it('is not waited for longer than a call may take', async () => {
      const adapter = provider(stub.url, { callsPerMinute: 10 });
      stub.answer(found);
      const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(adapter.fetchSubscription(id))));
      expect(outcomes[0]).toMatchObject({ id });
      expect(outcomes[1]).toMatchObject({ id });
      expect(outcomes[2]).toMatchObject({ code: 'provider_unavailable' });
      expect(causeOf(outcomes[2])).toContain('budget_spent');
      expect(stub.calls).toHaveLength(2);
    });
  });

  describe(`${name} hanging`, () => {
    it('holds no more of our calls than the bulkhead lets in; the others are told at once', async () => {
      const adapter = provider(stub.url, { ...MANY, concurrentCalls: 4 });
      stub.answer({ broken: 'hang' });
      const held = [1, 2, 3, 4].map(() => outcomeOf(adapter.fetchSubscription(id)));
      await eventually(async () => stub.calls.length === 4);
      const refused = await outcomeOf(adapter.fetchSubscription(id));
      expect(refused).toMatchObject({ code: 'provider_unavailable', retryAfter: 1 });
      expect(causeOf(refused)).toContain('bulkhead_full');
      expect(stub.calls).toHaveLength(4);
      for (const outcome of await Promise.all(held)) expect(outcome).toMatchObject({ kind: 'unavailable' });
      stub.answer(found);
      expect(await adapter.fetchSubscription(id)).toMatchObject({ id });
    });
  });
}
