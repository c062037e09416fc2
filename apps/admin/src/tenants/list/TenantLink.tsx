import { Box, Link, Typography } from '@mui/material';
import { useCreatePath } from 'react-admin';
import { Link as RouterLink } from 'react-router';
import type { TenantRow } from '../../api/staff-api.js';
import { tenantName } from '../tenantName.js';

const oneLine = {
  display: 'block',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
} as const;

/** Name (the link to the tenant's page) above e-mail; both are cut to their room, hovering tells them whole. */
export const TenantLink = ({ tenant }: { tenant: TenantRow }) => {
  const createPath = useCreatePath();
  const name = tenantName(tenant);
  return (
    <Box sx={{ minWidth: 0 }}>
      <Link
        component={RouterLink}
        to={createPath({ resource: 'tenants', type: 'show', id: tenant.id })}
        state={{ _scrollToTop: true }}
        onClick={(event) => event.stopPropagation()}
        title={name}
        underline="hover"
        sx={{ ...oneLine, fontWeight: 600 }}
      >
        {name}
      </Link>
      {tenant.email && tenant.email !== name && (
        <Typography variant="body2" color="textSecondary" title={tenant.email} sx={oneLine}>
          {tenant.email}
        </Typography>
      )}
    </Box>
  );
};
