import { describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from './sandbox-catalog.js';

describe('the sandbox catalog', () => {
  it('holds the list prices', () => {
    expect(
      SANDBOX_CATALOG.map(({ key, amount, interval, perSeat }) => [key, amount, interval, perSeat]),
    ).toEqual([
      ['pro_monthly', 9_900, 'month', false],
      ['pro_yearly', 99_900, 'year', false],
      ['team_monthly', 3_000, 'month', true],
      ['team_yearly', 30_000, 'year', true],
      ['enterprise_monthly', 6_000, 'month', true],
      ['enterprise_yearly', 60_000, 'year', true],
    ]);
  });

  it('gives every offer ids of its own, Polar ones as UUIDs', () => {
    const polar = SANDBOX_CATALOG.map(({ polarProductId }) => polarProductId);
    expect(new Set(polar).size).toBe(6);
    expect(new Set(SANDBOX_CATALOG.map(({ stripePriceId }) => stripePriceId)).size).toBe(6);
    for (const id of polar)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('names the plan in the metadata a provider carries', () => {
    expect(SANDBOX_CATALOG[3]?.metadata).toEqual({
      plan: 'team',
      internal_plan_id: 'plan_team',
      billing_period: 'yearly',
      per_seat: 'true',
    });
  });
});
