import type { Assignment, Subscription } from '../../api/staff-api.js';
import { Day, Instant } from '../../shared/Instant.js';
import { Panel } from '../../shared/Panel.js';
import { Rows } from '../../shared/Rows.js';
import { lapsedWords } from '../lapsedWords.js';
import { sourceWords } from '../sourceWords.js';
import { heldUntil } from './heldUntil.js';

interface AssignmentsPanelProps {
  assignments: Assignment[];
  subscription: Subscription | null;
}

/** Which plan was held when and why, newest first. */
export const AssignmentsPanel = ({ assignments, subscription }: AssignmentsPanelProps) => (
  <Panel title="Plan history" empty={assignments.length === 0 && 'Always on the default plan.'}>
    <Rows
      label="Plan history"
      rows={newestFirst(assignments).map((assignment) => ({
        key: assignment.id,
        title: `${assignment.planName}, ${sourceWords(assignment.source)}`,
        note: <Span assignment={assignment} subscription={subscription} />,
      }))}
    />
  </Panel>
);

interface SpanProps {
  assignment: Assignment;
  subscription: Subscription | null;
}

const Span = ({ assignment, subscription }: SpanProps) => {
  const { words, at } = heldUntil(assignment, subscription);
  if (words !== 'to')
    return (
      <>
        <Instant at={assignment.from} />, {words} <Day at={at} />
      </>
    );
  return (
    <>
      <Instant at={assignment.from} /> to <Instant at={at} none="no end" />
      {assignment.lapsed && ` (then: ${lapsedWords(assignment.lapsed).toLowerCase()})`}
    </>
  );
};

function newestFirst(assignments: Assignment[]): Assignment[] {
  return assignments.toSorted((a, b) => Date.parse(b.from) - Date.parse(a.from));
}
