import { Skeleton, Stack } from '@mui/material';

/** The page's shape while it loads. */
export const TenantLoading = () => (
  <Stack spacing={2} role="status" aria-label="Loading the tenant" sx={{ py: 2 }}>
    <Skeleton width="40%" height={36} />
    <Skeleton width="25%" />
    <Skeleton variant="rounded" height={240} />
    <Skeleton variant="rounded" height={160} />
  </Stack>
);
