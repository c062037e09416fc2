import { formatInstant } from '../../format/dates.js';

/** One field that a change touched, both sides as text, instants in the reader's notation. */
export interface ChangedField {
  field: string;
  before: string;
  after: string;
}

/** What stands for a field that is not there. */
export const ABSENT = '–';
const isoInstant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** The fields in which two small JSON values differ, in the order in which they first appear. */
export function changedFields(before: unknown, after: unknown): ChangedField[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((field) => ({ field, before: textOf(old[field]), after: textOf(now[field]) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : { value };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ABSENT;
  if (typeof value !== 'string') return JSON.stringify(value);
  return isoInstant.test(value) ? formatInstant(value) : value;
}
