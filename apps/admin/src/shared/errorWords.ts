import { HttpError } from 'react-admin';
import type { ApiError } from '../api/staff-api.js';

/** Our own words for codes whose meaning does not depend on the request. */
const wordsByCode: Record<string, string> = {
  unreachable: 'The server cannot be reached. Check your connection and try again.',
  permission_denied: 'Your role does not allow this.',
  not_found: 'It does not exist, or no longer does.',
  unavailable: 'The server cannot reach its database right now. Try again in a moment.',
};

/** One or two sentences for a person, out of whatever a request threw. */
export function errorWords(error: unknown): string {
  if (!(error instanceof HttpError)) return error instanceof Error ? error.message : 'Something went wrong.';
  const code = (error.body as ApiError | undefined)?.error ?? '';
  if (code in wordsByCode) return wordsByCode[code] ?? error.message;
  return error.status >= 500 ? 'The server failed to answer. Try again in a moment.' : error.message;
}
