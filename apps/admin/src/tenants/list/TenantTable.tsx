import { Box } from '@mui/material';
import { DataTable, useRecordContext } from 'react-admin';
import type { TenantRow } from '../../api/staff-api.js';
import { Day } from '../../shared/Instant.js';
import { PlanChip } from '../PlanChip.js';
import { providerWords } from '../providerWords.js';
import { StatusText } from '../StatusText.js';
import { NoMatch } from './NoMatch.js';
import { TenantLink } from './TenantLink.js';

const Column = DataTable.Col<TenantRow>;

/** Shares of the width, so that a long name or status wraps instead of pushing the others out. */
const widths = {
  name: '26%',
  plan: '16%',
  status: '22%',
  provider: '10%',
  organizationCount: '13%',
  createdAt: '13%',
};

const tableStyle = {
  '&& .RaDataTable-table': { tableLayout: 'fixed' },
  '& th': { color: 'text.secondary' },
  ...Object.fromEntries(
    Object.entries(widths).map(([column, width]) => [`& th.column-${column}`, { width }]),
  ),
} as const;

const TenantCell = () => {
  const tenant = useRecordContext<TenantRow>();
  return tenant && <TenantLink tenant={tenant} />;
};

/** Tenants as a table; the name is the link that a keyboard reaches, the whole row is a mouse's target. */
export const TenantTable = () => (
  <Box sx={tableStyle}>
    <DataTable<TenantRow> rowClick="show" bulkActionButtons={false} empty={<NoMatch />} size="medium">
      <Column source="name" label="Tenant" disableSort>
        <TenantCell />
      </Column>
      <Column source="plan" label="Plan" disableSort render={(tenant) => <PlanChip tenant={tenant} />} />
      <Column
        source="status"
        label="Status"
        disableSort
        render={(tenant) => <StatusText standing={tenant} />}
      />
      <Column source="provider" label="Provider" disableSort render={(tenant) => providerWords(tenant)} />
      <DataTable.NumberCol source="organizationCount" label="Organizations" disableSort />
      <Column
        source="createdAt"
        label="Since"
        disableSort
        render={(tenant) => <Day at={tenant.createdAt} />}
      />
    </DataTable>
  </Box>
);
