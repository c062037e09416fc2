import { Box, Stack } from '@mui/material';
import { useShowContext } from 'react-admin';
import type { Tenant } from '../../api/staff-api.js';
import { AssignmentsPanel } from './AssignmentsPanel.js';
import { AuditPanel } from './AuditPanel.js';
import { BackToTenants } from './BackToTenants.js';
import { EntitlementsPanel } from './EntitlementsPanel.js';
import { OrganizationsPanel } from './OrganizationsPanel.js';
import { SubscriptionPanel } from './SubscriptionPanel.js';
import { TenantHeader } from './TenantHeader.js';
import { TenantLoading } from './TenantLoading.js';
import { TenantShowError } from './TenantShowError.js';

const columns = {
  display: 'grid',
  gap: 2,
  alignItems: 'start',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(300px, 360px)' },
};

/** Who they are, what they may do and why, on one page; on a phone the facts come before the tables. */
export const TenantPage = () => {
  const { record, error } = useShowContext<Tenant>();
  // Coming from the list, react-admin shows the list's row first: it has none of what the sections need.
  const tenant = record !== undefined && 'entitlements' in record ? record : undefined;
  return (
    <Box sx={{ pb: 4 }}>
      <BackToTenants />
      {tenant ? <TenantSections tenant={tenant} /> : error ? <TenantShowError /> : <TenantLoading />}
    </Box>
  );
};

const TenantSections = ({ tenant }: { tenant: Tenant }) => (
  <>
    <TenantHeader tenant={tenant} />
    <Box sx={columns}>
      <Stack spacing={2} sx={{ minWidth: 0, order: { xs: 2, md: 1 } }}>
        <EntitlementsPanel entitlements={tenant.entitlements} />
        <AuditPanel tenant={tenant} />
      </Stack>
      <Stack spacing={2} sx={{ minWidth: 0, order: { xs: 1, md: 2 } }}>
        <SubscriptionPanel subscription={tenant.subscription} />
        <AssignmentsPanel assignments={tenant.assignments} subscription={tenant.subscription} />
        <OrganizationsPanel organizations={tenant.organizations} />
      </Stack>
    </Box>
  </>
);
