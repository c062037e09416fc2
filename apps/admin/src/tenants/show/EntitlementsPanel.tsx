import { Box, Typography } from '@mui/material';

import type { Entitlement } from '../../api/staff-api.js';
import { Key } from '../../shared/Key.js';
import { Panel } from '../../shared/Panel.js';
import { RowsTable, type Column } from '../../shared/RowsTable.js';
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
    cell: ({ feature, kind }) => (
      <Box>
        <Key>{feature}</Key>
        <Typography variant="caption" color="text.secondary" sx={{ display: 'block' }}>
          {kindWords[kind] ?? kind}
        </Typography>
      </Box>
    ),
  },
  { heading: 'Access', cell: (entitlement) => <AccessText entitlement={entitlement} /> },
  { heading: 'Used', cell: (entitlement) => <UsedOfLimit entitlement={entitlement} />, width: '26%' },
  { heading: 'From', cell: ({ plan, source }) => fromWords(plan, source) },
];

function fromWords(plan: string | null, source: Entitlement['source']): string {
  return [plan, source && sourceWords(source)].filter(Boolean).join(', ') || '–';
}

/** What the tenant may do right now, decided by the engine, with the reason where the answer is no. */
export const EntitlementsPanel = ({ entitlements }: { entitlements: Entitlement[] }) => (
  <Panel title="What they may do now" empty={entitlements.length === 0 && 'The catalog has no features.'}>
    <RowsTable label="Entitlements" rows={entitlements} rowKey={({ feature }) => feature} columns={columns} />
  </Panel>
);
