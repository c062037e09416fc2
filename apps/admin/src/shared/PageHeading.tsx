import { Box, Typography } from '@mui/material';

/** Title of a page, on the page and in the browser's tab. */
export const PageHeading = ({ title, hint }: { title: string; hint?: string }) => (
  <Box component="header" sx={{ pt: 3, pb: 1 }}>
    <title>{`${title} · Tollgate`}</title>
    <Typography variant="h1">{title}</Typography>
    {hint && <Typography color="textSecondary">{hint}</Typography>}
  </Box>
);
