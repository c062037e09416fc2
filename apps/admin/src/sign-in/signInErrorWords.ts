import { HttpError } from 'react-admin';
import type { ApiError } from '../api/staff-api.js';
import { errorWords } from '../shared/errorWords.js';

/** Why the sign-in was refused, without telling a stranger which half was wrong. */
export function signInErrorWords(error: unknown): string {
  const { error: code, retryAfter } = (error instanceof HttpError ? (error.body as ApiError) : null) ?? {
    error: '',
  };
  if (code === 'invalid_credentials') return 'E-mail or password is wrong.';
  if (code === 'too_many_attempts') return `Too many attempts. Try again ${inWords(retryAfter)}.`;
  return errorWords(error);
}

function inWords(seconds: number | undefined): string {
  if (!seconds) return 'later';
  const inEnglish = new Intl.RelativeTimeFormat('en');
  return seconds < 90
    ? inEnglish.format(Math.ceil(seconds), 'second')
    : inEnglish.format(Math.ceil(seconds / 60), 'minute');
}
