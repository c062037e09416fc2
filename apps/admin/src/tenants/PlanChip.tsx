import { Chip } from '@mui/material';

import type { TenantRow } from '../api/staff-api.js';
import { sourceWords } from './sourceWords.js';

/** The plan in force; paid by subscription goes without saying, every other source is named. */
export const PlanChip = ({ tenant }: { tenant: Pick<TenantRow, 'planName' | 'source'> }) => {
  const bought = tenant.source === 'subscription';
  const free = tenant.source === 'default';
  return (
    <Chip
      size="small"
      color={free ? 'default' : 'primary'}
      variant={bought ? 'filled' : 'outlined'}
      label={bought || free ? tenant.planName : `${tenant.planName}, ${sourceWords(tenant.source)}`}
    />
  );
};
