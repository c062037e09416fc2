import { HttpException } from '@nestjs/common';
import type { Denied } from '../decisions/decision.js';
import { denialStatus } from '../decisions/denial-status.js';
import { denialBody, type DenialBodyOptions } from './denial-body.js';

/** A denial as thrown by guards and claims: over HTTP it answers itself, elsewhere `decision` says why. */
export class AccessDeniedException extends HttpException {
  constructor(
    readonly decision: Denied,
    options: DenialBodyOptions,
  ) {
    super(denialBody(decision, options), denialStatus(decision.reason));
    this.message = `${decision.feature}: ${decision.reason}`;
  }
}
