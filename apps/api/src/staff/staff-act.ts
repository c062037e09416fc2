import type { Principal } from '@tollgate/kernel';

/** Who of staff does something, and in which request: what an audit row says beside the change. */
export interface StaffAct {
  readonly actor: Principal;
  readonly requestId: string;
}
