import GroupsIcon from '@mui/icons-material/Groups';
import { lazy } from 'react';
import type { TenantRow } from '../api/staff-api.js';
import { tenantName } from './tenantName.js';

/** Tenants: those who pay, found by name or e-mail, opened, and given a plan. */
export const tenants = {
  list: lazy(() => import('./TenantList.js')),
  show: lazy(() => import('./TenantShow.js')),
  icon: GroupsIcon,
  recordRepresentation: (tenant: TenantRow) => tenantName(tenant),
};
