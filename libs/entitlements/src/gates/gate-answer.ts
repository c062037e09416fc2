import type { Decision } from '../decisions/decision.js';
import type { ServiceLimit } from '../rates/rate-limit-headers.js';

/** What a gate answers, with the limits that clients may be told. */
export interface GateAnswer {
  readonly decision: Decision;
  readonly limits: readonly ServiceLimit[];
}
