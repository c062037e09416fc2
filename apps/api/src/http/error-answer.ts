import { HttpException } from '@nestjs/common';
import { DomainError } from '@tollgate/kernel';
import { databaseRefusal } from './database-refusal.js';
import { codeOfStatus, STATUS_OF_KIND } from './error-status.js';

/** What is sent for an error; `retryAfter` is in whole seconds, `logged` says whether somebody must look at it. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfter: number | null;
  readonly logged: boolean;
}

const DATABASE_AWAY_SECONDS = 2;

/** Turns anything that was thrown into what the caller gets. Only expected errors show their message. */
export function errorAnswer(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof DomainError) return ofDomainError(error, requestId);
  if (error instanceof HttpException) return ofHttpException(error, requestId);
  switch (databaseRefusal(error)) {
    case 'unavailable':
      return answer(503, 'unavailable', 'The database is away; try again', requestId, {
        retryAfter: DATABASE_AWAY_SECONDS,
        logged: true,
      });
    case 'invalid_value':
      return answer(400, 'invalid_value', 'A value in the request cannot be stored', requestId, {
        logged: true,
      });
    case null:
      return ofUnknown(error, requestId);
  }
}

function ofDomainError(error: DomainError, requestId: string): ErrorAnswer {
  const { retryAfter, ...details } = error.details;
  return answer(STATUS_OF_KIND[error.kind], error.code, error.message, requestId, {
    retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
    details,
    logged: error.kind === 'defect',
  });
}

/** A body of our own (it names its `error` and lacks Nest's `statusCode`) is sent as it is. */
function ofHttpException(error: HttpException, requestId: string): ErrorAnswer {
  const status = error.getStatus();
  const response = error.getResponse();
  if (typeof response === 'object' && 'error' in response && !('statusCode' in response)) {
    const { retryAfter } = response as { retryAfter?: unknown };
    return {
      status,
      body: { ...response },
      retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
      logged: status >= 500,
    };
  }
  return ofStatus(status, error.message, requestId);
}

/** Fastify and its plugins throw plain errors that carry a status; below 500 their message is about the request. */
function ofUnknown(error: unknown, requestId: string): ErrorAnswer {
  const status = error instanceof Error ? (error as { statusCode?: unknown }).statusCode : undefined;
  const known = typeof status === 'number' && status >= 400 && status < 500;
  return known
    ? ofStatus(status, (error as Error).message, requestId)
    : answer(500, 'internal_error', 'Something went wrong on our side', requestId, { logged: true });
}

function ofStatus(status: number, message: string, requestId: string): ErrorAnswer {
  const code = codeOfStatus(status);
  if (status === 404) return answer(status, code, 'There is nothing here', requestId, {});
  if (status === 415)
    return answer(status, code, 'Send JSON with "content-type: application/json"', requestId, {});
  if (status === 503) return answer(status, code, 'Try again later', requestId, { retryAfter: 5 });
  if (status >= 500)
    return answer(status, code, 'Something went wrong on our side', requestId, { logged: true });
  return answer(status, code, message, requestId, {});
}

interface Extras {
  readonly retryAfter?: number | null;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly logged?: boolean;
}

function answer(
  status: number,
  code: string,
  message: string,
  requestId: string,
  extras: Extras,
): ErrorAnswer {
  const { retryAfter = null, details = {}, logged = false } = extras;
  const body = {
    error: code,
    message,
    ...(retryAfter !== null && { retryAfter }),
    ...(Object.keys(details).length > 0 && { details }),
    requestId,
  };
  return { status, body, retryAfter, logged };
}
