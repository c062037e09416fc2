import { Box, Typography } from '@mui/material';
import { Link } from 'react-router';

/** The gate in its frame; decorative, the name beside it is what is read aloud. */
export const BrandMark = ({ size = 26 }: { size?: number }) => (
  <Box component="svg" viewBox="0 0 32 32" aria-hidden sx={{ width: size, height: size, flexShrink: 0 }}>
    <rect width="32" height="32" rx="7" fill="#1f5673" />
    <path d="M8 25V10M5 25h6M9 12l17-5" stroke="#fff" strokeWidth="3" strokeLinecap="round" fill="none" />
  </Box>
);

/** Name of the product in the bar, leading home. */
export const Brand = () => (
  <Typography
    component={Link}
    to="/"
    variant="h6"
    sx={{
      display: 'flex',
      alignItems: 'center',
      gap: 1,
      color: 'inherit',
      textDecoration: 'none',
      mr: 'auto',
    }}
  >
    <BrandMark />
    Tollgate
  </Typography>
);
