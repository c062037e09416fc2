import pg from 'pg';

/** What the driver says when `query_timeout` is over; it has no code of its own. */
const TIMED_OUT = 'Query read timeout';

/**
 * A connection that is given up when a statement gets no answer in time. The driver alone would put it back into
 * the pool with the statement still under way: once the server woke up, the next user would find itself inside a
 * stranger's transaction. Nor does its loss end the process, whoever holds it at that moment.
 */
export class ImpatientClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // Between pool and borrower nobody listens, and a server that shuts down may end it just then. The loss shows in the
    // next statement, and the pool drops it.
    this.on('error', () => undefined);
    const ask = this.query.bind(this) as (...parameters: unknown[]) => unknown;
    this.query = ((...parameters: unknown[]): unknown => {
      const answer = ask(...parameters);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.giveUpOn(error));
      return answer;
    }) as typeof this.query;
  }

  private giveUpOn(error: unknown): void {
    // Ending with a statement under way cuts the socket at once; whoever waits has been told already.
    if (error instanceof Error && error.message === TIMED_OUT) this.end(() => undefined);
  }
}
