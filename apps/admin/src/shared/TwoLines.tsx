import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** A cell's main thing, and a quieter word about it below. */
export const TwoLines = ({ main, note }: { main: ReactNode; note: ReactNode }) => (
  <Box>
    {main}
    {note && (
      <Typography variant="caption" color="textSecondary" sx={{ display: 'block' }}>
        {note}
      </Typography>
    )}
  </Box>
);
