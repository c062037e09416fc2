import { describe, expect, it } from '@jest/globals';
import type { MembershipRole, MembershipState } from '../organizations/membership.js';
import { isBillable } from './billable-member.js';

describe('isBillable', () => {
  it.each<[MembershipRole, MembershipState, boolean]>([
    ['owner', 'active', true],
    ['admin', 'active', true],
    ['member', 'active', true],
    ['billing', 'active', false],
    ['viewer', 'active', false],
    ['member', 'suspended', false],
    ['member', 'awaiting_seat', false],
    ['member', 'declined', false],
  ])('%s, %s: %p', (role, state, billable) => {
    expect(isBillable({ role, state })).toBe(billable);
  });
});
