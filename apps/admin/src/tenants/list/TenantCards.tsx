import { Box, Card, Skeleton, Stack } from '@mui/material';
import { useListContext } from 'react-admin';
import type { TenantRow } from '../../api/staff-api.js';
import { PlanChip } from '../PlanChip.js';
import { StatusText } from '../StatusText.js';
import { NoMatch } from './NoMatch.js';
import { TenantLink } from './TenantLink.js';

/** Tenants as cards, for a phone. */
export const TenantCards = () => {
  const { data, isPending } = useListContext<TenantRow>();
  if (isPending) return <LoadingCards />;
  if (!data?.length) return <NoMatch />;
  return (
    <Stack component="ul" spacing={1} aria-label="Tenants" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {data.map((tenant) => (
        <Card component="li" key={tenant.id} sx={{ p: 2 }}>
          <TenantLink tenant={tenant} />
          <Stack
            direction="row"
            sx={{
              mt: 1,
              columnGap: 2,
              rowGap: 1,
              flexWrap: 'wrap',
              alignItems: 'center',
              typography: 'body2',
            }}
          >
            <PlanChip tenant={tenant} />
            <StatusText standing={tenant} />
          </Stack>
        </Card>
      ))}
    </Stack>
  );
};

const LoadingCards = () => (
  <Stack spacing={1} role="status" aria-label="Loading tenants">
    {[1, 2, 3, 4].map((place) => (
      <Card key={place} sx={{ p: 2 }}>
        <Skeleton width="60%" />
        <Skeleton width="80%" />
        <Box sx={{ pt: 1 }}>
          <Skeleton variant="rounded" width={96} height={24} />
        </Box>
      </Card>
    ))}
  </Stack>
);
