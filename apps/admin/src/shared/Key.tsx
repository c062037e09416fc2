import { Box } from '@mui/material';

import { monospace } from '../theme/baseTheme.js';

/** A key or id that people compare letter by letter; breaks anywhere rather than run out of its box. */
export const Key = ({ children }: { children: string }) => (
  <Box component="span" sx={{ fontFamily: monospace, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
    {children}
  </Box>
);
