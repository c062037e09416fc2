/** A job of a queue, as far as a gate looks at it; Bull's jobs have this shape. */
export interface QueueJob {
  readonly id: string | number;
  readonly data: unknown;
  readonly queue: { readonly name: string };
  readonly attemptsMade: number;
  readonly opts: { readonly attempts?: number };
  /** Never try this job again. */
  discard(): void | Promise<void>;
}

/** Whether a handler's argument is a job of a queue. */
export function isQueueJob(value: unknown): value is QueueJob {
  if (typeof value !== 'object' || value === null) return false;
  const { id, queue, discard, attemptsMade } = value as Partial<QueueJob>;
  return (
    (typeof id === 'string' || typeof id === 'number') &&
    typeof queue?.name === 'string' &&
    typeof discard === 'function' &&
    typeof attemptsMade === 'number'
  );
}

/** Whether no attempt follows the present one. */
export function isLastAttempt({ attemptsMade, opts }: QueueJob): boolean {
  return attemptsMade + 1 >= (opts.attempts ?? 1);
}
