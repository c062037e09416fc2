import { describe, expect, it } from '@jest/globals';
import { decisionEntry } from './decision-entry.js';

const AT = new Date('2027-03-10T12:00:00Z');
const caller = { principal: { kind: 'user', userId: '42' }, organizationId: null } as const;

describe('the entry of a decision', () => {
  it('says who was allowed what, when, and by what', () => {
    const decision = {
      allowed: true,
      feature: 'export',
      ownerId: 'o',
      plan: 'pro',
      source: 'trial',
      limit: 50,
      used: 7,
    } as const;
    expect(decisionEntry('door', caller, { ...decision, remaining: 43, stale: true }, AT)).toEqual({
      at: '2027-03-10T12:00:00.000Z',
      askedFor: 'door',
      principal: 'user:42',
      ownerId: 'o',
      organizationId: null,
      feature: 'export',
      allowed: true,
      reason: null,
      plan: 'pro',
      source: 'trial',
      limit: 50,
      used: 7,
      stale: true,
    });
  });

  it('says why not, also to nobody', () => {
    const message = 'Sign in';
    const denied = { allowed: false, feature: 'size', reason: 'unauthenticated', message } as const;
    expect(decisionEntry('check', { principal: null, organizationId: null }, denied, AT)).toEqual({
      at: '2027-03-10T12:00:00.000Z',
      askedFor: 'check',
      principal: null,
      ownerId: null,
      organizationId: null,
      feature: 'size',
      allowed: false,
      reason: 'unauthenticated',
      plan: null,
      source: null,
    });
  });

  it('holds nothing of a key but its id', () => {
    const principal = { kind: 'service_key', keyId: 'k1', scopes: ['check:any'] } as const;
    const denied = {
      allowed: false,
      feature: 'size',
      reason: 'over_limit',
      message: '',
      requested: 3,
    } as const;
    expect(decisionEntry('many', { principal, organizationId: 'team' }, denied, AT)).toMatchObject({
      principal: 'service_key:k1',
      organizationId: 'team',
      requested: 3,
    });
  });
});
