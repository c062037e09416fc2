import { describe, expect, it } from '@jest/globals';
import type { Rollout } from '../catalog/catalog.js';
import { bucketOf } from './bucket.js';
import { isRolledOut as isRolledOutOnPlan } from './is-rolled-out.js';
import type { Subjects } from './subject.js';

const ids = Array.from({ length: 10_000 }, (_, index) => `owner-${index}`);
const at = (percent: number, extra: Partial<Rollout> = {}): Rollout => ({
  percent,
  subject: 'owner',
  include: {},
  exclude: {},
  percentByPlan: {},
  ...extra,
});
const isRolledOut = (feature: string, rollout: Rollout | null, subjects: Subjects): boolean =>
  isRolledOutOnPlan(feature, rollout, subjects, 'pro');
const owner = (ownerId: string) => ({ ownerId, organizationId: null, userId: null });

describe('isRolledOut', () => {
  it('keeps the buckets it always had: a change would roll everybody out anew', () => {
    expect(
      ['owner-0', 'owner-1', 'ümlaut', '0190a6b2-7c5e-7000-8000-000000000001'].map((id) =>
        bucketOf('export', id),
      ),
    ).toEqual([2825, 3255, 2243, 1125]);
  });

  it.each([1, 10, 20, 50])('EE-10 includes %i % of many, give or take one', (percent) => {
    const included = ids.filter((id) => isRolledOut('export', at(percent), owner(id))).length;
    expect(Math.abs(included / ids.length - percent / 100)).toBeLessThan(0.01);
  });

  it('drops nobody when the percent rises', () => {
    const before = ids.filter((id) => isRolledOut('export', at(10), owner(id)));
    expect(before.every((id) => isRolledOut('export', at(11), owner(id)))).toBe(true);
  });

  it('includes everybody without a section, nobody at 0 %, everybody at 100 %', () => {
    expect(ids.every((id) => isRolledOut('export', null, owner(id)))).toBe(true);
    expect(ids.some((id) => isRolledOut('export', at(0), owner(id)))).toBe(false);
    expect(ids.every((id) => isRolledOut('export', at(100), owner(id)))).toBe(true);
  });

  it('EE-04 includes a listed user, organization or owner whatever the percent', () => {
    const subjects = { ownerId: 'o', organizationId: 'org', userId: 'u' };
    expect(isRolledOut('export', at(0, { include: { users: ['u'] } }), subjects)).toBe(true);
    expect(isRolledOut('export', at(0, { include: { organizations: ['org'] } }), subjects)).toBe(true);
    expect(isRolledOut('export', at(0, { include: { owners: ['o'] } }), subjects)).toBe(true);
    expect(isRolledOut('export', at(0, { include: { users: ['other'] } }), subjects)).toBe(false);
  });

  it('does not include a missing user when the subject is the user', () => {
    expect(isRolledOut('export', at(100, { subject: 'user' }), owner('o'))).toBe(false);
  });

  it('EE-04 excludes before it includes', () => {
    const subjects = { ownerId: 'o', organizationId: 'org', userId: 'u' };
    const both = { include: { owners: ['o'] }, exclude: { users: ['u'] } };
    expect(isRolledOut('export', at(100, both), subjects)).toBe(false);
    expect(isRolledOut('export', at(100, both), { ...subjects, userId: 'v' })).toBe(true);
  });

  it('EE-17 takes 10 % of one plan and all of another, in the same buckets', () => {
    const rollout = at(10, { percentByPlan: { enterprise: 100 } });
    const pro = ids.filter((id) => isRolledOutOnPlan('export', rollout, owner(id), 'pro'));
    expect(Math.abs(pro.length / ids.length - 0.1)).toBeLessThan(0.01);
    expect(ids.every((id) => isRolledOutOnPlan('export', rollout, owner(id), 'enterprise'))).toBe(true);
  });

  it('EE-21 keeps everybody in who was in, when they change to a plan with a higher percent', () => {
    const rollout = at(10, { percentByPlan: { enterprise: 40 } });
    const pro = ids.filter((id) => isRolledOutOnPlan('export', rollout, owner(id), 'pro'));
    expect(pro.every((id) => isRolledOutOnPlan('export', rollout, owner(id), 'enterprise'))).toBe(true);
  });
});
