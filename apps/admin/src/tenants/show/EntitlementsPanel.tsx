import type { Entitlement } from '../../api/staff-api.js';
import { Key } from '../../shared/Key.js';
import { Panel } from '../../shared/Panel.js';
import { RowsTable, type Column } from '../../shared/RowsTable.js';
import { TwoLines } from '../../shared/TwoLines.js';
import { PlanName } from '../PlanName.js';
import { sourceWords } from '../sourceWords.js';
import { AccessText } from './AccessText.js';
import { UsedOfLimit } from './UsedOfLimit.js';

const kindWords: Record<Entitlement['kind'], string> = {
  flag: 'on or off',
  quota: 'units per window',
  capacity: 'things that exist',
  ceiling: 'largest size',
};

const columns: Column<Entitlement>[] = [
  {
    heading: 'Feature',
    cell: ({ feature, kind }) => <TwoLines main={<Key>{feature}</Key>} note={kindWords[kind] ?? kind} />,
    width: '28%',
  },
  { heading: 'Access', cell: (entitlement) => <AccessText entitlement={entitlement} />, width: '32%' },
  { heading: 'Used', cell: (entitlement) => <UsedOfLimit entitlement={entitlement} />, width: '20%' },
  { heading: 'From', cell: ({ plan, source }) => <GrantedBy plan={plan} source={source} />, width: '20%' },
];

const GrantedBy = ({ plan, source }: Pick<Entitlement, 'plan' | 'source'>) => (
  <TwoLines main={plan === null ? '–' : <PlanName planKey={plan} />} note={source && sourceWords(source)} />
);

/** What the tenant may do right now, decided by the engine, with the reason where the answer is no. */
export const EntitlementsPanel = ({ entitlements }: { entitlements: Entitlement[] }) => (
  <Panel title="What they may do now" empty={entitlements.length === 0 && 'The catalog has no features.'}>
    <RowsTable label="Entitlements" rows={entitlements} rowKey={({ feature }) => feature} columns={columns} />
  </Panel>
);
