import type { AuditEntry } from '../../api/staff-api.js';
import { Breakable } from '../../shared/Breakable.js';
import { Instant } from '../../shared/Instant.js';
import { Key } from '../../shared/Key.js';
import { Panel } from '../../shared/Panel.js';
import { RowsTable, type Column } from '../../shared/RowsTable.js';
import { AuditChange } from './AuditChange.js';

const columns: Column<AuditEntry>[] = [
  { heading: 'When', cell: ({ at }) => <Instant at={at} />, width: '21%' },
  { heading: 'Who', cell: ({ actor }) => <Breakable>{actor}</Breakable>, width: '26%' },
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
export const AuditPanel = ({ audit }: { audit: AuditEntry[] }) => (
  <Panel title="Audit trail" empty={audit.length === 0 && 'Nobody has changed anything by hand.'}>
    <RowsTable label="Audit trail" rows={audit} rowKey={({ id }) => id} columns={columns} />
  </Panel>
);
