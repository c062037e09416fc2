import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** One line of facts: what it is, and its value. */
export interface Fact {
  term: string;
  value: ReactNode;
}

/** Facts as a two-column list of definitions. */
export const Facts = ({ facts }: { facts: Fact[] }) => (
  <Box
    component="dl"
    sx={{
      display: 'grid',
      gridTemplateColumns: 'minmax(6.5rem, auto) minmax(0, 1fr)',
      columnGap: 2,
      rowGap: 1,
      m: 0,
      px: 2,
      pb: 2,
    }}
  >
    {facts.map(({ term, value }) => (
      <Box key={term} sx={{ display: 'contents' }}>
        <Box component="dt" sx={{ color: 'text.secondary', typography: 'body2' }}>
          {term}
        </Box>
        <Box component="dd" sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere', typography: 'body2' }}>
          {value}
        </Box>
      </Box>
    ))}
  </Box>
);
