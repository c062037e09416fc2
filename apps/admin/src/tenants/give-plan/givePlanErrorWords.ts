import { HttpError } from 'react-admin';
import { errorWords } from '../../shared/errorWords.js';

/** Why the plan was not given, or that nobody knows: a lost answer may stand for a done deed. */
export function givePlanErrorWords(error: unknown): string {
  if (!(error instanceof HttpError)) return errorWords(error);
  if (error.status === 403) return 'Your role may not give plans. Nothing was changed.';
  if (error.status === 404) return 'This tenant no longer exists. Nothing was changed.';
  if (error.status === 0 || error.status >= 500) {
    return 'The server did not confirm. Look at the audit trail before you try again: the plan may have been given.';
  }
  return error.message;
}
