import { type ExecutionContext, HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind } from '@tollgate/kernel';
import { AccessDeniedException } from '../gates/access-denied.exception.js';

/** Whose fault a failure is: units come back for ours only. */
export type Fault = 'ours' | 'the caller’s';

const OUR_KINDS: ReadonlySet<ErrorKind> = new Set(['unavailable', 'defect']);
const REQUEST_TIMEOUT = 408;

/**
 * A handler's failure is ours when it is a 5xx, a timeout, a later gate's denial, or nothing that anybody foresaw. A
 * 4xx of the handler is the caller's, and keeps the charge.
 */
export function faultOf(error: unknown): Fault {
  if (error instanceof AccessDeniedException) return 'ours';
  if (error instanceof HttpException) return isOurStatus(error.getStatus()) ? 'ours' : 'the caller’s';
  if (error instanceof DomainError) return OUR_KINDS.has(error.kind) ? 'ours' : 'the caller’s';
  return 'ours';
}

/** Whether the response already says that we failed: written by the handler itself, or by a timeout around it. */
export function hasFailed(execution: ExecutionContext | null): boolean {
  const response = execution?.switchToHttp().getResponse<{ readonly statusCode?: unknown }>();
  return typeof response?.statusCode === 'number' && isOurStatus(response.statusCode);
}

function isOurStatus(status: number): boolean {
  return status >= 500 || status === REQUEST_TIMEOUT;
}
