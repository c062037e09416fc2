import { useGetIdentity } from 'react-admin';
import type { AuditEntry, Tenant } from '../../api/staff-api.js';
import { Breakable } from '../../shared/Breakable.js';
import { Instant } from '../../shared/Instant.js';
import { Key } from '../../shared/Key.js';
import { Panel } from '../../shared/Panel.js';
import { RowsTable, type Column } from '../../shared/RowsTable.js';
import { actorWords } from './actorWords.js';
import { AuditChange } from './AuditChange.js';

const columnsFor = (who: (actor: string) => string): Column<AuditEntry>[] => [
  { heading: 'When', cell: ({ at }) => <Instant at={at} />, width: '21%' },
  { heading: 'Who', cell: ({ actor }) => <Breakable>{who(actor)}</Breakable>, width: '26%' },
  { heading: 'What', cell: (entry) => <AuditWhat entry={entry} /> },
  { heading: 'Why', cell: ({ reason }) => reason ?? '–', width: '25%' },
];

const AuditWhat = ({ entry }: { entry: AuditEntry }) => (
  <>
    <Key>{entry.action}</Key>
    <AuditChange entry={entry} />
  </>
);

/** Who changed what and why; nothing here can be edited. */
export const AuditPanel = ({ tenant: { audit, userId } }: { tenant: Pick<Tenant, 'audit' | 'userId'> }) => {
  const { identity } = useGetIdentity();
  const known = { userId, staffId: identity ? String(identity.id) : null };
  const columns = columnsFor((actor) => actorWords(actor, known));
  return (
    <Panel title="Audit trail" empty={audit.length === 0 && 'Nothing has been changed so far.'}>
      <RowsTable label="Audit trail" rows={audit} rowKey={({ id }) => id} columns={columns} />
    </Panel>
  );
};
