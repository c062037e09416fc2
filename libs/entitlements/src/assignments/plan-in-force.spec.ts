import { describe, expect, it } from '@jest/globals';
import { assignment, AT, at, CATALOG } from '../testing/decision-builders.js';
import type { Assignment } from './assignment.js';
import { planInForce } from './plan-in-force.js';

const inForce = (...assignments: Assignment[]) => planInForce(CATALOG, assignments, AT);

describe('planInForce', () => {
  it('is the default plan for an owner who holds none', () => {
    expect(inForce()).toMatchObject({
      plan: { key: 'free' },
      source: 'default',
      inGrace: false,
      lapsed: null,
    });
  });

  it.each<[string, Assignment, string]>([
    ['holds from its first instant', assignment({ from: AT }), 'pro'],
    ['does not hold before it', assignment({ from: at(1) }), 'free'],
    ['holds to the last instant before its end', assignment({ to: at(1) }), 'pro'],
    ['does not hold at its end', assignment({ to: AT }), 'free'],
    ['holds without an end', assignment({ to: null }), 'pro'],
    ['holds at no instant when it ends where it begins', assignment({ from: AT, to: AT }), 'free'],
  ])('%s', (_name, row, plan) => {
    expect(inForce(row).plan?.key).toBe(plan);
  });

  it.each([[[0, 1]], [[1, 0]]])('takes the highest rank of those that hold, in any order (%j)', (order) => {
    const rows = [assignment(), assignment({ plan: 'enterprise', source: 'staff' })];
    const found = inForce(...order.map((index) => rows[index]));
    expect(found).toMatchObject({ plan: { key: 'enterprise' }, source: 'staff' });
  });

  it('never lets an unknown plan win over a known one, nor falls back from it', () => {
    const gone = assignment({ plan: 'gone' });
    expect(inForce(gone, assignment()).plan?.key).toBe('pro');
    expect(inForce(gone).plan).toBeNull();
  });

  it('is in grace only when the plan that counts is', () => {
    const grace = assignment({ graceSince: at(-1), to: at(1_000) });
    expect(inForce(grace).inGrace).toBe(true);
    expect(inForce(grace, assignment({ plan: 'enterprise' })).inGrace).toBe(false);
    expect(inForce(assignment({ graceSince: at(1), to: at(1_000) })).inGrace).toBe(false);
  });

  it('remembers the latest end that has a word', () => {
    const early = assignment({ to: at(-2_000), lapsed: 'trial_ended' });
    const late = assignment({ plan: 'enterprise', to: at(-1_000), lapsed: 'canceled' });
    const silent = assignment({ to: at(-1), lapsed: null });
    for (const rows of [
      [early, late, silent],
      [silent, late, early],
    ])
      expect(inForce(...rows).lapsed).toMatchObject({ plan: { key: 'enterprise' }, word: 'canceled' });
  });

  it('forgets an end after which the same source held a plan again, whatever became of that', () => {
    const lapsed = assignment({ plan: 'enterprise', to: at(-5_000), lapsed: 'payment_past_due' });
    const recovered = assignment({ plan: 'enterprise', from: at(-4_000), to: at(-1_000), lapsed: null });
    const lower = assignment({ plan: 'pro', from: at(-1_000) });
    expect(inForce(lapsed, recovered, lower).lapsed).toBeNull();
    expect(inForce(lapsed, assignment({ source: 'staff', from: at(-4_000) })).lapsed?.word).toBe(
      'payment_past_due',
    );
    expect(inForce(lapsed, assignment({ from: at(1) })).lapsed?.word).toBe('payment_past_due');
  });

  it('says nothing of ends to come, nor of a lapsed plan that is gone from the catalog', () => {
    expect(inForce(assignment({ to: at(1), lapsed: 'canceled' })).lapsed).toBeNull();
    expect(inForce(assignment({ plan: 'gone', to: at(-1), lapsed: 'canceled' })).lapsed).toBeNull();
  });
});
