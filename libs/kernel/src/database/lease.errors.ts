import { DomainError } from '../errors/domain-error.js';

/** The lease ran out and somebody else may hold it now: nothing may be written under the old token. */
export class LeaseLostError extends DomainError {
  constructor(name: string) {
    super('unavailable', 'lease_lost', `The lease "${name}" is no longer held`);
  }
}
