/** The provider took longer than a call may take; its outcome is unknown. */
export class CallTimedOutError extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.name = 'CallTimedOutError';
  }
}

/** We did not send an attempt at all, for our own or the provider's protection; it may be sent after `retryAfter` seconds. */
export class CallNotSentError extends Error {
  constructor(
    readonly why: 'asked_to_wait' | 'bulkhead_full' | 'budget_spent' | 'circuit_open',
    readonly retryAfter: number,
  ) {
    super(`not sent: ${why}`);
    this.name = 'CallNotSentError';
  }
}
