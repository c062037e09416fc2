import assert from 'node:assert/strict';
import type { Caller } from '@tollgate/entitlements';
import { createTestEntitlements } from '@tollgate/entitlements/testing';

/** One promise of the fake, kept or broken without the help of any test runner. */
export interface KitCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const caller: Caller = {
  principal: { kind: 'user', userId: 'ada' },
  ownerId: 'owner-of-ada',
  organizationId: null,
};

const facts = { feature: 'export', ownerId: 'owner-of-ada', plan: 'pro' };

/** The same list for every runner. */
export const kitCases: readonly KitCase[] = [
  {
    name: 'allows everything by default: limit 100, used 50, remaining 50',
    run: async () => {
      const entitlements = createTestEntitlements();
      const allowed = {
        allowed: true,
        ...facts,
        source: 'subscription',
        limit: 100,
        used: 50,
        remaining: 50,
      };
      assert.deepEqual(await entitlements.check(caller, 'export'), allowed);
      assert.deepEqual(await entitlements.require(caller, 'export'), allowed);
      assert.equal(await entitlements.canAccess(caller, 'export'), true);
      assert.equal(await entitlements.getLimit(caller, 'export'), 100);
      const usage = { limit: 100, current: 50, remaining: 50, canUse: true };
      assert.deepEqual(await entitlements.checkUsage(caller, 'export'), usage);
    },
  },
  {
    name: 'denies as unpaid what is overridden with false, and nothing else',
    run: async () => {
      const entitlements = createTestEntitlements({ export: false });
      assert.equal(await entitlements.canAccess(caller, 'export'), false);
      assert.equal(await entitlements.canAccess(caller, 'analytics'), true);
      assert.equal(await entitlements.getLimit(caller, 'export'), 0);
      const usage = { limit: 0, current: 0, remaining: 0, canUse: false };
      assert.deepEqual(await entitlements.checkUsage(caller, 'export'), usage);
      const message = 'This feature requires a paid plan';
      const denied = { allowed: false, ...facts, message, reason: 'plan_required', requiredPlans: ['pro'] };
      assert.deepEqual(await entitlements.check(caller, 'export'), denied);
      await assert.rejects(entitlements.require(caller, 'export'), {
        name: 'AccessDeniedException',
        decision: denied,
        status: 403,
      });
    },
  },
  {
    name: 'denies with the reason and the facts that the test names',
    run: async () => {
      const entitlements = createTestEntitlements({
        export: { reason: 'subscription_lapsed', lapsed: 'payment_past_due', plan: 'free' },
        review: { reason: 'rate_limited', retryAfter: 7 },
      });
      const lapsed = await entitlements.check(caller, 'export');
      assert.ok(!lapsed.allowed);
      assert.deepEqual(
        [lapsed.reason, lapsed.lapsed, lapsed.plan],
        ['subscription_lapsed', 'payment_past_due', 'free'],
      );
      await assert.rejects(entitlements.require(caller, 'review'), { status: 429 });
    },
  },
  {
    name: 'holds a limit against what is used, and -1 is unlimited',
    run: async () => {
      const entitlements = createTestEntitlements({
        executions: { limit: 10, used: 10 },
        workflows: { limit: 3, used: 5, kind: 'capacity' },
        seats: { limit: 1, used: 1 },
        credentials: { limit: 3 },
        domains: { limit: -1, used: 7 },
      });
      const reasons = ['executions', 'workflows', 'seats'].map(async (feature) => {
        const decision = await entitlements.check(caller, feature);
        return decision.allowed ? null : decision.reason;
      });
      assert.deepEqual(await Promise.all(reasons), ['quota_exceeded', 'over_limit', 'seat_limit']);
      const full = { limit: 10, current: 10, remaining: 0, canUse: false };
      assert.deepEqual(await entitlements.checkUsage(caller, 'executions'), full);
      assert.equal(await entitlements.canAccess(caller, 'executions'), true);
      assert.equal((await entitlements.checkUsage(caller, 'workflows')).remaining, 0);
      assert.equal((await entitlements.require(caller, 'credentials')).remaining, 3);
      assert.equal(await entitlements.getLimit(caller, 'domains'), Infinity);
      assert.equal((await entitlements.require(caller, 'domains')).limit, -1);
    },
  },
  {
    name: 'takes a snapshot of the features that the test names',
    run: async () => {
      const entitlements = createTestEntitlements({ export: false, analytics: true });
      const snapshot = await entitlements.snapshot(caller);
      const answers = [...snapshot].map(([key, { allowed }]) => [key, allowed]);
      assert.deepEqual(answers, [
        ['export', false],
        ['analytics', true],
      ]);
    },
  },
  {
    name: 'records what it was asked, and says something else when told to',
    run: async () => {
      const entitlements = createTestEntitlements({ export: false });
      const { canAccess } = entitlements;
      assert.equal(await canAccess(caller, 'export'), false);
      entitlements.set('export', true);
      assert.equal(await canAccess(caller, 'export'), true);
      const call = { method: 'canAccess', feature: 'export', ownerId: 'owner-of-ada' };
      assert.deepEqual(entitlements.calls, [call, call]);
      entitlements.clearCalls();
      assert.deepEqual(entitlements.calls, []);
    },
  },
  {
    name: 'counts units of several features, all or none',
    run: async () => {
      const entitlements = createTestEntitlements({ executions: { limit: 10 }, reviews: { limit: 2 } });
      const wanted = (reviews: bigint) => [
        { feature: 'executions', quantity: 3n },
        { feature: 'reviews', quantity: reviews },
      ];
      const { decision, decisions } = await entitlements.consumeAll(caller, wanted(3n));
      assert.deepEqual([decision.allowed, decision.feature, decisions], [false, 'reviews', []]);
      const { reservationId } = await entitlements.reserveAll(caller, wanted(2n));
      assert.equal((await entitlements.checkUsage(caller, 'executions')).current, 3);
      await entitlements.commit(reservationId ?? '', new Map([['executions', 1n]]));
      assert.equal((await entitlements.checkUsage(caller, 'executions')).current, 1);
      const asked = entitlements.calls.map(({ method, feature }) => `${method} ${feature}`);
      assert.deepEqual(asked.slice(0, 3), ['consume executions', 'consume reviews', 'reserve executions']);
    },
  },
  {
    name: 'refuses a limit that is no limit',
    run: async () => {
      for (const limit of [1.5, -2, Infinity, Number.NaN])
        assert.throws(() => createTestEntitlements({ executions: { limit } }), RangeError);
    },
  },
];
