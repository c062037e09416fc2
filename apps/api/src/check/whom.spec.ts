import { describe, expect, it } from '@jest/globals';
import type { Principal } from '@tollgate/kernel';
import { whomOf } from './whom.js';

const ORGANIZATION = '0190a6b2-7c5e-7000-8000-00000000000a';
const OTHER = '0190a6b2-7c5e-7000-8000-00000000000b';
const OWNER = '0190a6b2-7c5e-7000-8000-0000000000f0';

const ann: Principal = { kind: 'user', userId: 'ann' };
const annsKey: Principal = { kind: 'api_key', keyId: 'k', userId: 'ann', organizationId: null };
const teamKey: Principal = { kind: 'api_key', keyId: 'k', userId: null, organizationId: ORGANIZATION };
const staff: Principal = { kind: 'staff', staffId: 's', permissions: [] };
const service = (...scopes: string[]): Principal => ({ kind: 'service_key', keyId: 'k', scopes });
const asking = service('check:any');

const caller = { kind: 'caller' } as const;
const team = { kind: 'organization', organizationId: ORGANIZATION } as const;

describe('for whom a caller may ask', () => {
  it.each([
    ['a user, unnamed', ann, {}, { by: 'place', principal: ann, place: caller }],
    ['a user, by the own id', ann, { user: 'ann' }, { by: 'place', principal: ann, place: caller }],
    [
      'a user, in an organization',
      ann,
      { organization: ORGANIZATION },
      { by: 'place', principal: ann, place: team },
    ],
    [
      'a user, by an owner',
      ann,
      { owner: OWNER },
      { by: 'own', principal: ann, place: caller, ownerId: OWNER },
    ],
    ['a key, unnamed', annsKey, {}, { by: 'place', principal: annsKey, place: caller }],
    ['a key, by its user', annsKey, { user: 'ann' }, { by: 'place', principal: annsKey, place: caller }],
    [
      'a key, by its organization in capitals',
      teamKey,
      { organization: ORGANIZATION.toUpperCase() },
      { by: 'place', principal: teamKey, place: caller },
    ],
    [
      'a service key, by user',
      asking,
      { user: 'bob' },
      { by: 'place', principal: { kind: 'user', userId: 'bob' }, place: caller },
    ],
    [
      'a service key, by user and organization',
      asking,
      { user: 'bob', organization: ORGANIZATION },
      { by: 'place', principal: { kind: 'user', userId: 'bob' }, place: team },
    ],
    [
      'a service key, by organization',
      asking,
      { organization: ORGANIZATION },
      { by: 'organization', principal: asking, organizationId: ORGANIZATION },
    ],
    [
      'a service key, by owner',
      asking,
      { owner: OWNER.toUpperCase() },
      { by: 'owner', principal: asking, ownerId: OWNER },
    ],
    ['staff, by owner', staff, { owner: OWNER }, { by: 'owner', principal: staff, ownerId: OWNER }],
  ] as const)('%s', (_what, principal, subject, expected) => {
    expect(whomOf(principal, subject, undefined)).toEqual(expected);
  });

  it.each([
    ['a user about somebody else', ann, { user: 'bob' }],
    ['a key about somebody else', annsKey, { user: 'bob' }],
    ['a personal key about an organization', annsKey, { organization: ORGANIZATION }],
    ['an organization’s key about another', teamKey, { organization: OTHER }],
    ['an organization’s key about a user', teamKey, { user: 'ann' }],
    ['a service key about nobody in particular', asking, {}],
    ['a service key without the scope', service('consume:any'), { user: 'ann' }],
    ['a service key about an owner that is no id', asking, { owner: 'no-id' }],
    ['a schedule', { kind: 'system', name: 'job' }, { user: 'ann' }],
  ] as const)('is nobody: %s', (_what, principal, subject) => {
    expect(whomOf(principal, subject, undefined)).toBeNull();
  });

  it('is said by the header as well', () => {
    expect(whomOf(ann, {}, ORGANIZATION)).toEqual({ by: 'place', principal: ann, place: team });
    expect(whomOf(teamKey, {}, ORGANIZATION)).toEqual({ by: 'place', principal: teamKey, place: caller });
    expect(whomOf(asking, { organization: ORGANIZATION }, ORGANIZATION.toUpperCase())).toMatchObject({
      by: 'organization',
    });
  });

  it('to count is a scope of its own', () => {
    const subject = { organization: ORGANIZATION };
    expect(whomOf(asking, subject, undefined, 'consume:any')).toBeNull();
    expect(whomOf(service('consume:any'), subject, undefined, 'consume:any')).not.toBeNull();
    expect(whomOf(ann, {}, undefined, 'consume:any')).not.toBeNull();
  });

  it.each([
    ['a header and a body that disagree', ann, { organization: ORGANIZATION }, OTHER],
    ['a header that is not the key’s', teamKey, {}, OTHER],
    ['a header on a personal key', annsKey, {}, ORGANIZATION],
  ] as const)('cannot be told from %s', (_what, principal, subject, header) => {
    expect(() => whomOf(principal, subject, header)).toThrow(
      expect.objectContaining({ code: 'organization_mismatch' }),
    );
  });
});
