/** The provider took longer than a call may take; its outcome is unknown. */
export class CallTimedOutError extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.name = 'CallTimedOutError';
  }
}
