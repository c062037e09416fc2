/** The writer's row belongs to a newer connection: this one may write nothing any more. */
export class BatchFencedError extends Error {
  constructor() {
    super('this writer was replaced');
  }
}

/** A commit got no answer, and the database cannot be asked whether it happened. */
export class CommitUnknownError extends Error {
  constructor(cause: unknown) {
    super('it is unknown whether the batch was committed', { cause });
  }
}

/** What is to be done about a failed batch. */
export type Cure = 'again' | 'held' | 'split' | 'reconnect' | 'give_up';

/** What is to be done about a batch that ended with this error; nothing of it was committed. */
export function cureOf(error: unknown): Cure {
  if (error instanceof CommitUnknownError) return 'give_up';
  if (error instanceof BatchFencedError) return 'reconnect';
  const code = (error as { code?: string } | null)?.code ?? '';
  if (code === '40001' || code === '40P01') return 'again';
  if (code === '55P03') return 'held';
  // What the rows refuse (data, constraints) is one ask's fault; the others of the batch are innocent.
  if (/^2[23]/.test(code)) return 'split';
  if (code === '57014') return 'give_up';
  return isConnectionLost(error, code) ? 'reconnect' : 'split';
}

function isConnectionLost(error: unknown, code: string): boolean {
  if (/^(08|57P)/.test(code) || /^E[A-Z]+$/.test(code)) return true;
  return error instanceof Error && /connection|not queryable|closed|timeout/i.test(error.message);
}
