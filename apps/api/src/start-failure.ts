import { isDatabaseUnavailable } from '@tollgate/kernel';
import { ConfigError } from './config/config.js';

/** Why a process does not start, and what to do about it, in words. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (isPortTaken(error))
    return `Port ${error.port} is taken: stop what listens there, or set PORT to another one.`;
  if (isDatabaseUnavailable(error)) {
    return 'The database cannot be reached: check that DATABASE_URL is right and that Postgres runs.';
  }
  return `Tollgate does not start: ${error instanceof Error ? error.message : String(error)}`;
}

/** 78 (sysexits: configuration) when the environment is at fault, else 1. */
export function exitCodeOf(error: unknown): number {
  return error instanceof ConfigError ? 78 : 1;
}

function isPortTaken(error: unknown): error is { code: 'EADDRINUSE'; port: number } {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
