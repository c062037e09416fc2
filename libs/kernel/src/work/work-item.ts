/** A piece of work as claimed by a runner; `payload` is what was enqueued last under its key. */
export interface WorkItem<Payload = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: Payload;
  /** Failed attempts before this one. */
  readonly attempts: number;
}

/** What a room wants done later: at most one waiting item per (kind, key), so repeated wishes coalesce. */
export interface NewWork {
  readonly kind: string;
  readonly key: string;
  readonly payload: object;
  /** Not before this instant of the Clock; default now. */
  readonly notBefore?: Date;
}

/** Does the work of one kind. Must be safe to run twice: a crash after the effect runs it again. */
export interface WorkHandler {
  readonly kind: string;
  handle(item: WorkItem): Promise<void>;
}
