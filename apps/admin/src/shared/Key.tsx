import { Box } from '@mui/material';
import { monospace } from '../theme/baseTheme.js';
import { Breakable } from './Breakable.js';

/** A key or id that people compare letter by letter. */
export const Key = ({ children }: { children: string }) => (
  <Box component="span" sx={{ fontFamily: monospace, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
    <Breakable>{children}</Breakable>
  </Box>
);
