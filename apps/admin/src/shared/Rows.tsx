import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';

/** One row: what it is, and a quieter line below. */
export interface RowContent {
  key: string;
  title: ReactNode;
  note: ReactNode;
}

/** A list of two-line rows, for a narrow column. */
export const Rows = ({ label, rows }: { label: string; rows: RowContent[] }) => (
  <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, px: 2, pb: 1 }}>
    {rows.map(({ key, title, note }) => (
      <Box
        component="li"
        key={key}
        sx={{ py: 1, overflowWrap: 'anywhere', '& + &': { borderTop: 1, borderColor: 'divider' } }}
      >
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {title}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {note}
        </Typography>
      </Box>
    ))}
  </Box>
);
