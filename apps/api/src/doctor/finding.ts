import type { DiagnosisStep } from '@tollgate/billing';

/** One line of the doctor: what was looked at, what is so, and what to do unless it is well. */
export interface Finding {
  readonly subject: string;
  readonly verdict: DiagnosisStep['verdict'];
  readonly finding: string;
  readonly remedy: string | null;
}

/** A finding that all is well. */
export function well(subject: string, finding: string): Finding {
  return { subject, verdict: 'ok', finding, remedy: null };
}

/** A finding that needs somebody. */
export function unwell(subject: string, verdict: 'warn' | 'fail', finding: string, remedy: string): Finding {
  return { subject, verdict, finding, remedy };
}

const MARKS = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;
const SUBJECT_WIDTH = 26;

/** A finding as one line. */
export function toLine({ subject, verdict, finding, remedy }: Finding): string {
  const line = `${MARKS[verdict]}  ${subject.padEnd(SUBJECT_WIDTH)}  ${finding}`;
  return remedy === null ? line : `${line} → ${remedy}`;
}
