import BlockIcon from '@mui/icons-material/Block';
import CheckIcon from '@mui/icons-material/Check';
import { Box, Typography } from '@mui/material';
import type { Entitlement } from '../../api/staff-api.js';
import { denialWords } from '../denialWords.js';

/** Allowed, or denied and why. */
export const AccessText = ({ entitlement: { allowed, reason, lapsed } }: { entitlement: Entitlement }) => (
  <Box sx={{ display: 'flex', gap: 0.75 }}>
    {allowed ? <CheckIcon fontSize="small" color="success" /> : <BlockIcon fontSize="small" color="error" />}
    <Box>
      {allowed ? 'Allowed' : 'Denied'}
      {!allowed && (
        <Typography variant="body2" color="textSecondary">
          {denialWords(reason, lapsed)}
        </Typography>
      )}
    </Box>
  </Box>
);
