import { HttpException } from '@nestjs/common';
import { denialStatus } from '../decisions/denial-status.js';
import { denialBody, type DenialBodyOptions, type Refusal } from './denial-body.js';

/**
 * A denial as thrown by guards and claims: over HTTP it answers itself, elsewhere `decision` says why. It names no feature
 * where only somebody who pays was asked for (`@RequiresOwner`).
 */
export class AccessDeniedException extends HttpException {
  constructor(
    readonly decision: Refusal,
    options: DenialBodyOptions,
  ) {
    super(denialBody(decision, options), denialStatus(decision.reason));
    this.message =
      decision.feature === undefined ? decision.reason : `${decision.feature}: ${decision.reason}`;
  }
}
