import type { ExecutionContext } from '@nestjs/common';
import { InvalidRequestError } from '@tollgate/kernel';
import type { QueueJob } from './queue-job.js';

/** The header that names an intent (lower case, as Node presents it). */
const HEADER = 'idempotency-key';
/** How the keys of jobs begin, and those of nobody else. */
const JOB = 'job:';

/** What names this intent: a job's own id, else the request's header; null when nothing does. */
export function idempotencyKeyOf(execution: ExecutionContext | null, job: QueueJob | null): string | null {
  if (job) return `${JOB}${job.queue.name}:${job.id}`;
  const request = execution?.switchToHttp().getRequest<{
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  }>();
  const key = request?.headers[HEADER];
  if (key === undefined) return null;
  if (typeof key !== 'string')
    throw new InvalidRequestError('idempotency_key_invalid', 'One Idempotency-Key, please');
  // What begins like the key of a job could be taken for that job's, and two works would share one grant.
  if (key.startsWith(JOB))
    throw new InvalidRequestError(
      'idempotency_key_invalid',
      `An idempotency key does not begin with "${JOB}"`,
    );
  return key;
}
