import { isDatabaseUnavailable } from '@tollgate/kernel';

/** What a database error means to the caller: come back later, or the value itself cannot be stored. */
export type DatabaseRefusal = 'unavailable' | 'invalid_value';

/** Cancelled by a timeout, lock not available, or lost against other transactions more often than we retry. */
const COME_BACK = new Set(['57014', '55P03', '40001', '40P01']);

/**
 * Values that no column takes: bad text for a type, NUL, out of range, too long. Rules refuse these earlier;
 * one that slips through is still the caller's mistake and no reason for a 500.
 */
const BAD_VALUE = new Set(['22P02', '22P05', '22021', '22001', '22003', '22007', '22008']);

/** The SQLSTATE behind what TypeORM or pg threw; null when the database did not speak. */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { driverError, code } = error as { driverError?: { code?: unknown }; code?: unknown };
  const state = driverError?.code ?? code;
  return typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) ? state : null;
}

/** Sorts an error of the database; null when it is none, or one that only a defect of ours explains. */
export function databaseRefusal(error: unknown): DatabaseRefusal | null {
  if (isDatabaseUnavailable(error)) return 'unavailable';
  const state = sqlStateOf(error);
  if (state === null) return null;
  if (COME_BACK.has(state)) return 'unavailable';
  return BAD_VALUE.has(state) ? 'invalid_value' : null;
}
