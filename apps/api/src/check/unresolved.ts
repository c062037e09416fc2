import { deniedToNobody, type Denied, traceOf } from '@tollgate/entitlements';

/** The denial of the second layer: nobody whom this caller may ask about pays. */
export function ownerUnresolved(feature: string, trace = false): Denied {
  const denied = deniedToNobody(feature, 'owner_unresolved');
  return trace ? { ...denied, trace: traceOf(denied, { rate: false, limit: false }) } : denied;
}
