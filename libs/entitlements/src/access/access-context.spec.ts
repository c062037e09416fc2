import { describe, expect, it } from '@jest/globals';
import type { Principal } from '@tollgate/kernel';
import { userIdOf } from './access-context.js';

describe('userIdOf', () => {
  it.each<[string, Principal | null, string | null]>([
    ['a user', { kind: 'user', userId: 'u' }, 'u'],
    ['a key of a user', { kind: 'api_key', keyId: 'k', userId: 'u', organizationId: null }, 'u'],
    ['a key of an organization', { kind: 'api_key', keyId: 'k', userId: null, organizationId: 'o' }, null],
    ['staff', { kind: 'staff', staffId: 's', permissions: [] }, null],
    ['a service key', { kind: 'service_key', keyId: 'k', scopes: ['check:any'] }, null],
    ['the system', { kind: 'system', name: 'job' }, null],
    ['nobody', null, null],
  ])('of %s', (_name, principal, userId) => {
    expect(userIdOf(principal)).toBe(userId);
  });
});
