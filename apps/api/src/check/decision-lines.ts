import type { DecisionListener } from '@tollgate/entitlements';

/** Which decisions leave a line. */
export type DecisionLines = 'off' | 'denied' | 'all';

/**
 * What writes one line of JSON for each decision; undefined when none is to be written. `denied` leaves out what was
 * asked along with many others: a snapshot of a customer on the free plan denies half of what there is.
 */
export function decisionLines(
  lines: DecisionLines,
  write: (line: string) => unknown,
): DecisionListener | undefined {
  if (lines === 'off') return undefined;
  return (entry) => {
    if (lines === 'denied' && (entry.allowed || entry.askedFor === 'many')) return;
    write(`${JSON.stringify({ event: 'decision', ...entry })}\n`);
  };
}
