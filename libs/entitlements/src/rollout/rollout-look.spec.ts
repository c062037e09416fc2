import { describe, expect, it } from '@jest/globals';
import type { Rollout } from '../catalog/catalog.js';
import { rolloutLook } from './rollout-look.js';

const rollout = (wish: Partial<Rollout>): Rollout => ({
  percent: 100,
  subject: 'owner',
  include: {},
  exclude: {},
  percentByPlan: {},
  ...wish,
});

describe('rolloutLook', () => {
  it.each<[string, Partial<Rollout>]>([
    ['all', {}],
    ['all of every plan', { percentByPlan: { pro: 100 } }],
    ['all, and some by name', { include: { users: ['u'], organizations: ['org'], owners: ['o'] } }],
  ])('asks nothing of a rollout to %s', (_, wish) => {
    expect(rolloutLook(rollout(wish))).toBe('none');
  });

  it.each<[string, Partial<Rollout>]>([
    ['a part', { percent: 99.99 }],
    ['a part of one plan', { percentByPlan: { pro: 50 } }],
    ['a part of all but one plan', { percent: 50, percentByPlan: { pro: 100 } }],
    ['all but one owner', { exclude: { owners: ['o'] } }],
  ])('asks once for each owner about a rollout to %s', (_, wish) => {
    expect(rolloutLook(rollout(wish))).toBe('owner');
  });

  it.each<[string, Partial<Rollout>]>([
    ['users', { subject: 'user' }],
    ['organizations', { subject: 'organization' }],
    ['all but one user', { exclude: { users: ['u'] } }],
    ['a part and one organization', { percent: 10, include: { organizations: ['org'] } }],
  ])('asks anew for each caller about a rollout to %s', (_, wish) => {
    expect(rolloutLook(rollout(wish))).toBe('caller');
  });

  it('asks nothing without a rollout', () => {
    expect(rolloutLook(null)).toBe('none');
  });
});
