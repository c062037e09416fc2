import { isDatabaseUnavailable } from '../database/postgres-errors.js';
import { DomainError } from './domain-error.js';

/** Whether something failed only because a part that it needs is down: it may be asked again. */
export function isAway(error: unknown): boolean {
  return error instanceof DomainError ? error.kind === 'unavailable' : isDatabaseUnavailable(error);
}
