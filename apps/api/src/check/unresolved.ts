import { deniedToNobody, type Denied, traceOf, unavailable } from '@tollgate/entitlements';

/** The denial of the second layer: nobody whom this caller may ask about pays. */
export function ownerUnresolved(feature: string, trace = false): Denied {
  return traced(deniedToNobody(feature, 'owner_unresolved'), trace);
}

/** The same layer when it cannot be found out at the moment who pays. */
export function ownerUnavailable(feature: string, trace = false): Denied {
  return traced(unavailable(feature), trace);
}

function traced(denied: Denied, trace: boolean): Denied {
  return trace ? { ...denied, trace: traceOf(denied, { rate: false, limit: false }, 'owner') } : denied;
}
