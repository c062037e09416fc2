import { Box, Stack, Typography } from '@mui/material';
import type { Tenant } from '../../api/staff-api.js';
import { readerZone } from '../../format/dates.js';
import { Key } from '../../shared/Key.js';
import { GivePlanButton } from '../give-plan/GivePlanButton.js';
import { PlanChip } from '../PlanChip.js';
import { StatusText } from '../StatusText.js';
import { tenantName } from '../tenantName.js';

/** Name, plan and standing in one look, and what may be done about them. */
export const TenantHeader = ({ tenant }: { tenant: Tenant }) => {
  const name = tenantName(tenant);
  return (
    <Stack
      component="header"
      direction={{ xs: 'column', sm: 'row' }}
      spacing={2}
      sx={{ py: 2, alignItems: { xs: 'stretch', sm: 'flex-start' }, justifyContent: 'space-between' }}
    >
      <title>{`${name} · Tollgate`}</title>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        {tenant.email && tenant.email !== name && (
          <Typography color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
            {tenant.email}
          </Typography>
        )}
        <Stack
          direction="row"
          sx={{ mt: 1, columnGap: 2, rowGap: 1, flexWrap: 'wrap', alignItems: 'center' }}
        >
          <PlanChip tenant={tenant} />
          <StatusText standing={{ ...tenant, ...datesOf(tenant) }} />
        </Stack>
        <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
          Billing owner <Key>{tenant.id}</Key>
          <br />
          Times in {readerZone(new Date())}
        </Typography>
      </Box>
      <Box sx={{ flexShrink: 0 }}>
        <GivePlanButton tenant={tenant} />
      </Box>
    </Stack>
  );
};

/** The dates that only the subscription knows. */
function datesOf({ subscription }: Tenant) {
  const { trialEnd = null, graceUntil = null, pause = null } = subscription ?? {};
  return { trialEnd, graceUntil, pause };
}
