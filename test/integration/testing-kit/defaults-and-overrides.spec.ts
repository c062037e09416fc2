import { describe, expect, it, jest } from '@jest/globals';
import type { EntitlementsService } from '@tollgate/entitlements';
import { createTestEntitlements } from '@tollgate/entitlements/testing';
import { kitCases } from './kit-cases.js';

const caller = {
  principal: { kind: 'user', userId: 'ada' },
  ownerId: 'owner-1',
  organizationId: null,
} as const;

describe('SB-38 createTestEntitlements under Jest', () => {
  it.each(kitCases.map(({ name, run }) => [name, run] as const))('%s', async (_name, run) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('stands wherever the service is wanted, and lets Jest spy on it', async () => {
    const entitlements: EntitlementsService = createTestEntitlements();
    const check = jest.spyOn(entitlements, 'check');
    await entitlements.check(caller, 'export');
    expect(check).toHaveBeenCalledWith(caller, 'export');
  });
});
