import { sqlStateOf } from './database-refusal.js';

/**
 * What the log says about an error nobody expected: its name, message and stack. A database error keeps only its
 * SQLSTATE and stack, because its message and properties repeat the caller's values.
 */
export function errorLogText(error: unknown): string {
  if (!(error instanceof Error)) return `something that is not an Error was thrown (${typeof error})`;
  const state = sqlStateOf(error);
  const heading = state === null ? `${error.name}: ${error.message}` : `${error.name} (SQLSTATE ${state})`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [heading, ...frames].join('\n');
}
