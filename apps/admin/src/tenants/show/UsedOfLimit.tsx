import { Box, LinearProgress } from '@mui/material';
import type { Entitlement } from '../../api/staff-api.js';
import { usageOf } from './usageOf.js';

const nearlyFull = 80;

/** Used against limit in numbers, with a bar where there is an end to reach. */
export const UsedOfLimit = ({ entitlement }: { entitlement: Entitlement }) => {
  const usage = usageOf(entitlement);
  if (!usage) return '–';
  return (
    <Box sx={{ maxWidth: 200, fontVariantNumeric: 'tabular-nums' }}>
      {usage.words}
      {usage.percent !== null && (
        <LinearProgress
          variant="determinate"
          value={usage.percent}
          color={usage.percent >= 100 ? 'error' : usage.percent >= nearlyFull ? 'warning' : 'primary'}
          aria-label={`${entitlement.feature}: ${usage.words} used`}
          sx={{ mt: 0.75, borderRadius: 1, height: 5 }}
        />
      )}
    </Box>
  );
};
