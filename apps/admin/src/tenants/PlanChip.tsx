import { Box, Chip } from '@mui/material';
import type { TenantRow } from '../api/staff-api.js';
import { sourceWords } from './sourceWords.js';

/** The plan in force and, unless it was simply bought or is the default, where it comes from. */
export const PlanChip = ({
  tenant: { planName, source },
}: {
  tenant: Pick<TenantRow, 'planName' | 'source'>;
}) => (
  <Box
    component="span"
    sx={{ display: 'inline-flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1, rowGap: 0.5 }}
  >
    <Chip size="small" label={planName} color={source === 'default' ? 'default' : 'primary'} />
    {source !== 'subscription' && source !== 'default' && (
      <Box component="span" sx={{ typography: 'caption', color: 'text.secondary' }}>
        {sourceWords(source)}
      </Box>
    )}
  </Box>
);
