import { describe, expect, it } from '@jest/globals';
import { type Candidate, chooseSubscription } from './choose-subscription.js';

const RANKS: Record<string, number> = { free: 0, pro: 1, team: 2 };
const rankOf = (plan: string): number => RANKS[plan] ?? -1;
const one = (id: string, status: Candidate['status'], plan = 'pro', startedAt = '2026-01-01'): Candidate => ({
  id,
  status,
  plan,
  startedAt: new Date(startedAt),
  cancelAt: null,
});

describe('chooseSubscription', () => {
  it.each<[string, Candidate[], string | null]>([
    ['nothing of nothing', [], null],
    ['nothing when all are over', [one('a', 'canceled'), one('b', 'incomplete_expired')], null],
    ['the higher plan', [one('a', 'active', 'team'), one('b', 'active', 'pro', '2026-02-01')], 'a'],
    ['the newer of two alike', [one('a', 'active'), one('b', 'active', 'pro', '2026-02-01')], 'b'],
    [
      'what goes on of two alike',
      [{ ...one('b', 'active'), cancelAt: new Date(0) }, one('a', 'active')],
      'a',
    ],
    ['access before rank', [one('a', 'unpaid', 'team'), one('b', 'active', 'pro')], 'b'],
    ['what may come back before what is over', [one('a', 'canceled', 'team'), one('b', 'paused')], 'b'],
  ])('chooses %s', (_, candidates, id) => {
    expect(chooseSubscription(candidates, rankOf)?.id ?? null).toBe(id);
    expect(chooseSubscription(candidates.toReversed(), rankOf)?.id ?? null).toBe(id);
  });
});
