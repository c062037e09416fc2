import { describe, expect, it } from '@jest/globals';
import type { Rate } from '../catalog/catalog.js';
import { countedRates } from './counted-rates.js';

const subjects = { ownerId: 'o', organizationId: 'g', userId: 'u', apiKeyId: 'k' };
const rates = (['owner', 'organization', 'user', 'api_key'] as const).map((by): Rate => {
  return { by, limit: 5, perSeconds: 60 };
});

describe('countedRates', () => {
  it('counts every rate by its subject, and names it without', () => {
    expect(countedRates({ key: 'review', rates }, subjects)).toEqual([
      { key: 'review:owner:o', limit: 5, perSeconds: 60, name: 'review-by-owner-60s' },
      { key: 'review:organization:g', limit: 5, perSeconds: 60, name: 'review-by-organization-60s' },
      { key: 'review:user:u', limit: 5, perSeconds: 60, name: 'review-by-user-60s' },
      { key: 'review:api_key:k', limit: 5, perSeconds: 60, name: 'review-by-api_key-60s' },
    ]);
  });

  it('EE-18 counts two keys of one organization apart, and their organization once', () => {
    const keysOf = (apiKeyId: string): string[] =>
      countedRates({ key: 'review', rates }, { ...subjects, userId: null, apiKeyId }).map(({ key }) => key);
    expect(keysOf('a')).toEqual(['review:owner:o', 'review:organization:g', 'review:api_key:a']);
    expect(keysOf('b')).toEqual(['review:owner:o', 'review:organization:g', 'review:api_key:b']);
  });

  it('EE-24 counts nothing for a feature without rates', () => {
    expect(countedRates({ key: 'review', rates: [] }, subjects)).toEqual([]);
  });
});
