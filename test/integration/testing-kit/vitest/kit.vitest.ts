import { describe, expect, it, vi } from 'vitest';
import type { Caller } from '@tollgate/entitlements';
import { createTestEntitlements } from '@tollgate/entitlements/testing';
import { kitCases } from '../kit-cases.js';

const caller: Caller = {
  principal: { kind: 'user', userId: 'ada' },
  ownerId: 'owner-1',
  organizationId: null,
};

describe('the testing kit under Vitest', () => {
  it.each(kitCases)('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });

  it('should block access for unpaid users', async () => {
    const entitlements = createTestEntitlements({ export: false });
    await expect(entitlements.require(caller, 'export')).rejects.toThrow('export: plan_required');
  });

  it('can be spied upon', async () => {
    const entitlements = createTestEntitlements();
    const spy = vi.spyOn(entitlements, 'consume');
    await entitlements.consume(caller, 'executions');
    expect(spy).toHaveBeenCalledOnce();
  });
});
