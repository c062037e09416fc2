import type { Assignment } from '../../api/staff-api.js';
import { Instant } from '../../shared/Instant.js';
import { Panel } from '../../shared/Panel.js';
import { Rows } from '../../shared/Rows.js';
import { sourceWords } from '../sourceWords.js';

const lapsedWords: Record<string, string> = {
  payment_past_due: 'payment past due',
  canceled: 'cancelled',
  trial_ended: 'trial ended',
  paused: 'paused',
  expired: 'expired',
};

/** Which plan was held when and why, newest first. */
export const AssignmentsPanel = ({ assignments }: { assignments: Assignment[] }) => (
  <Panel title="Plan history" empty={assignments.length === 0 && 'Always on the default plan.'}>
    <Rows
      label="Plan history"
      rows={newestFirst(assignments).map((assignment) => ({
        key: assignment.id,
        title: `${assignment.planName}, ${sourceWords(assignment.source)}`,
        note: <Span assignment={assignment} />,
      }))}
    />
  </Panel>
);

const Span = ({ assignment: { from, to, lapsed } }: { assignment: Assignment }) => (
  <>
    <Instant at={from} /> to <Instant at={to} none="no end" />
    {lapsed && ` (then: ${lapsedWords[lapsed] ?? lapsed})`}
  </>
);

function newestFirst(assignments: Assignment[]): Assignment[] {
  return assignments.toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from));
}
