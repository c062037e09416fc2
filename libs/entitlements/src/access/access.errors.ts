import { DomainError, InvalidRequestError } from '@tollgate/kernel';

/** An API key speaks for one organization (or none); the header named another. */
export class OrganizationMismatchError extends InvalidRequestError {
  constructor() {
    super('organization_mismatch', 'The API key does not act in the organization that the header names');
  }
}

/** A handler took a capacity claim and succeeded without taking it: its thing would not be counted. */
export class CapacityNotTakenError extends DomainError {
  constructor(features: readonly string[]) {
    super(
      'defect',
      'capacity_not_taken',
      `A handler guarded by ${features.join(', ')} succeeded without taking its claim: call claim.take(tx) in the transaction of the thing`,
    );
  }
}

/** The application is composed wrongly: it must not start. */
export class GateMisdeclaredError extends DomainError {
  constructor(why: string) {
    super('defect', 'gate_misdeclared', why);
  }
}
