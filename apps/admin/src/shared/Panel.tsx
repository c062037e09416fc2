import { Box, Card, Typography } from '@mui/material';
import { useId, type ReactNode } from 'react';

interface PanelProps {
  title: string;
  /** What to say instead of the children when there is nothing to show. */
  empty?: string | false;
  children: ReactNode;
}

/** One titled section of a page. */
export const Panel = ({ title, empty, children }: PanelProps) => {
  const headingId = useId();
  return (
    <Card component="section" aria-labelledby={headingId} sx={{ minWidth: 0 }}>
      <Typography id={headingId} variant="h2" sx={{ px: 2, pt: 2, pb: 1 }}>
        {title}
      </Typography>
      {empty ? (
        <Typography color="textSecondary" sx={{ px: 2, pb: 2 }}>
          {empty}
        </Typography>
      ) : (
        <Box sx={{ minWidth: 0 }}>{children}</Box>
      )}
    </Card>
  );
};
