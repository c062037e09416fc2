import { describe, expect, it } from '@jest/globals';
import type { Denied } from '../decisions/decision.js';
import { denialBody } from './denial-body.js';

const full = { upgradeUrl: '/pricing', compatDenialBody: false };
const compat = { upgradeUrl: '/pricing', compatDenialBody: true };

const curable: Denied = {
  allowed: false,
  feature: 'export',
  ownerId: 'owner-1',
  plan: 'free',
  reason: 'plan_required',
  message: 'This feature requires a paid plan',
  requiredPlans: ['pro', 'team', 'enterprise'],
};
const incurable: Denied = {
  allowed: false,
  feature: 'workflows',
  ownerId: 'owner-1',
  plan: 'free',
  reason: 'capacity_reached',
  message: 'The limit of this plan is reached',
  limit: 3,
  used: 3,
};

describe('denialBody', () => {
  it('asks for an upgrade when plans are known that would allow it', () => {
    expect(denialBody(curable, full)).toEqual({
      error: 'upgrade_required',
      message: 'This feature requires a paid plan',
      upgradeUrl: '/pricing',
      feature: 'export',
      plan: 'free',
      reason: 'plan_required',
      requiredPlans: ['pro', 'team', 'enterprise'],
    });
  });

  it('otherwise has the same shape, with the reason as its error', () => {
    expect(denialBody(incurable, full)).toEqual({
      error: 'capacity_reached',
      message: 'The limit of this plan is reached',
      upgradeUrl: '/pricing',
      feature: 'workflows',
      plan: 'free',
      reason: 'capacity_reached',
      limit: 3,
      used: 3,
    });
  });

  it('does not ask for an upgrade to a plan that does not exist', () => {
    expect(denialBody({ ...curable, requiredPlans: [] }, full)).toMatchObject({ error: 'plan_required' });
  });

  it('SB-29 is byte for byte the old body in compatible mode', () => {
    expect(JSON.stringify(denialBody(curable, compat))).toBe(
      '{"error":"upgrade_required","message":"This feature requires a paid plan","upgradeUrl":"/pricing"}',
    );
  });

  it('has only the three fixed names in compatible mode, whatever the reason', () => {
    expect(Object.keys(denialBody(incurable, compat))).toEqual(['error', 'message', 'upgradeUrl']);
  });

  it.each([full, compat])('never tells who pays', (options) => {
    expect(JSON.stringify(denialBody(curable, options))).not.toContain('owner-1');
  });
});
